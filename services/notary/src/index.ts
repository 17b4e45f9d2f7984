export { createService, type NotarySettings } from './service.ts'
