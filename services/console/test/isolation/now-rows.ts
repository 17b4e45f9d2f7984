import { roles } from '@docaxis/store/console'
import type { Rows } from './entry.ts'

interface NowAnswer {
  readonly attention: readonly unknown[]
}

interface PulseAnswer {
  readonly minutes: readonly unknown[]
}

/** The first page. */
export const nowRows: Rows = {
  'GET /now': { may: roles, sees: 'list', shows: answer => (answer as NowAnswer).attention.length > 0 },
  'GET /now/pulse': { may: roles, sees: 'list', shows: answer => (answer as PulseAnswer).minutes.length > 0 },
  // Endless; what it shows is what GET /now shows, and `now.test.ts` reads it with a limited scope.
  'GET /now/live': { may: roles, sees: 'own' },
}
