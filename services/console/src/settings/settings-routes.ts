import { readCalendar, retention } from '@docaxis/store'
import { listHoursInScope } from '@docaxis/store/console'
import type { FastifyPluginAsync } from 'fastify'
import type { Console } from '../console.ts'

/** What the hub is set to: its calendar, its rules, and what it forgets. Changed by `docaxis admin` and by its start. */
export const settingsRoutes: FastifyPluginAsync<{ console: Console }> = async (app, { console }) => {
  const { database, config: settings } = console
  const config = { may: ['auditor', 'operator', 'administrator'] as const }

  app.get('/settings', { config }, async request => {
    const [{ years }, hours] = await Promise.all([
      readCalendar(database),
      listHoursInScope(database, request.person.scope),
    ])
    return {
      calendar: {
        years: years.map(({ version, ...year }) => ({ ...year, source: version === null ? 'operator' : 'release' })),
        standardHours: settings.workingHours,
        hours,
      },
      rules: {
        environment: settings.environment ?? 'test',
        urgentWorkingMinutes: settings.urgentWorkingMinutes,
        veryUrgentMinutes: settings.veryUrgentMinutes,
        mostUrgentMinutes: settings.mostUrgentMinutes,
        leaseMinutes: settings.leaseMs / 60_000,
        attempts: settings.maxAttempts,
        largestEnvelopeBytes: settings.maxEnvelopeBytes,
        callsPerMinute: settings.requestsPerMinute,
        anchorOperators: settings.anchorOperators,
        lateRevocation: settings.lateRevocation,
        malware: settings.malware,
      },
      retention,
    }
  })
}
