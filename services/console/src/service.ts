import type { CreateService } from '@docaxis/service'
import { apiRoutes } from './api.ts'
import { buildPages } from './build-pages.ts'
import { createConsole } from './console.ts'
import { createSearchJob } from './documents/search-job.ts'
import { createLive } from './now/live.ts'
import { pageRoutes } from './page-routes.ts'
import { createReportJob } from './reports/report-job.ts'

/** Web pages and the interface behind them. For documents of strangers the pages call `/api`, as everybody does. */
export const createService: CreateService = (config, deps) => {
  const console = createConsole(config, deps)
  const live = createLive(console)
  const jobs = [createSearchJob(console), createReportJob(console)]
  return {
    name: 'console',
    routes: async app => {
      const startedAt = performance.now()
      const { folder, built } = await buildPages()
      if (built) deps.logger.info({ ms: Math.round(performance.now() - startedAt) }, 'pages built')
      await app.register(pageRoutes, { folder })
      await app.register(apiRoutes, { prefix: '/console/api', console, live })
    },
    async start() {
      live.start()
      for (const job of jobs) {
        job.start()
        job.nudge()
      }
    },
    async stop() {
      await Promise.all([live.stop(), ...jobs.map(job => job.stop()), console.printer.close()])
    },
  }
}
