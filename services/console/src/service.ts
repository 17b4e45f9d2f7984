import type { CreateService } from '@docaxis/service'
import { buildPages } from './build-pages.ts'
import { pageRoutes } from './page-routes.ts'

/** Web pages. They call the interface under `/api` as everybody does. */
export const createService: CreateService = (_config, { logger }) => ({
  name: 'console',
  routes: async app => {
    const startedAt = performance.now()
    const { folder, built } = await buildPages()
    if (built) logger.info({ ms: Math.round(performance.now() - startedAt) }, 'pages built')
    await app.register(pageRoutes, { folder })
  },
  start: async () => undefined,
  stop: async () => undefined,
})
