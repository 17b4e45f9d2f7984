export { createService, type TrustSettings } from './service.ts'
