export { createService, type DeliverySettings } from './service.ts'
