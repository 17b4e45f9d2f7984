export { readHubKey } from './hub-key.ts'
export { createService, type NotarySettings } from './service.ts'
