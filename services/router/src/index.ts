export { createService, type RouterSettings } from './service.ts'
