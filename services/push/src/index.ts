export { createService, type PushSettings } from './service.ts'
