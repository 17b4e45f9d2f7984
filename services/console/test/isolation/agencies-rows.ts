import { roles } from '@docaxis/store/console'
import type { Rows } from './entry.ts'

interface LevelsAnswer {
  readonly localities: readonly string[]
}

/** The directory and one agency. */
export const agenciesRows: Rows = {
  'GET /agencies': { may: roles, sees: 'list', query: '?q=agency+h98' },
  'GET /agency-branch': { may: roles, sees: 'list', query: '?level=province' },
  'GET /agency-levels': {
    may: roles,
    sees: 'list',
    shows: answer => (answer as LevelsAnswer).localities.includes('Đồi Thông'),
  },
}
