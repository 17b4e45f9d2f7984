import { roles } from '@docaxis/store/console'
import { operators, type Rows } from './entry.ts'

interface ReportAnswer {
  readonly total: { readonly entered: number }
}

/** The month for which the far province has entered what its registers hold. */
const month = 'from=2026-10&to=2026-10'
const numbers = { outgoing: 1, incoming: 1 }

/** Reports, and the totals of registers. */
export const reportRows: Rows = {
  'GET /reports': {
    may: roles,
    sees: 'list',
    query: `?${month}`,
    shows: answer => (answer as ReportAnswer).total.entered > 0,
  },
  'GET /report-export': { may: roles, sees: 'list', query: `?${month}&format=csv&by=agency` },
  'GET /register-totals': { may: roles, sees: 'list', query: '?month=2026-10' },
  'GET /register-totals/:code': { may: roles, sees: 'object', object: 'agency' },
  'PUT /register-totals/:code/:month': { may: operators, sees: 'object', object: ['agency', 'month'], body: numbers },
  // An agency outside the scope is a fault of the file: `reports.test.ts`.
  'POST /register-totals': { may: operators, sees: 'own', body: { file: '' } },
}
