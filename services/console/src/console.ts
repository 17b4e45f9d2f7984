import type { HubConfig, ServiceDeps } from '@docaxis/service'

/** What the routes of the console need. */
export interface Console extends Pick<ServiceDeps, 'database' | 'blobs' | 'bus' | 'logger' | 'now'> {
  readonly config: HubConfig
}
