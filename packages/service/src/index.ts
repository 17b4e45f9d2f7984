export type { HubConfig } from './config.ts'
export type { CreateService, HealthCheck, Service, ServiceDeps } from './service.ts'
