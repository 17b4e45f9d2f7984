import type { Rows } from './entry.ts'

/** Deadlines, what is held, dead letters: for operators. */
export const operationRows: Rows = {
  'GET /api/v1/admin/documents/:id/evidence': { kind: 'operator' },
  'GET /api/v1/admin/documents/:id/evidence/:sha256': { kind: 'operator' },
  'GET /api/v1/admin/deadlines': { kind: 'operator' },
  'GET /api/v1/admin/calendar': { kind: 'operator' },
  'PUT /api/v1/admin/calendar/years/:year': { kind: 'operator', body: {} },
  'PUT /api/v1/admin/calendar/hours/:code': { kind: 'operator', body: {} },
  'GET /api/v1/admin/register-totals/:code': { kind: 'operator' },
  'PUT /api/v1/admin/register-totals/:code/:month': { kind: 'operator', body: {} },
  'GET /api/v1/admin/held-deliveries': { kind: 'operator' },
  'POST /api/v1/admin/held-deliveries/:id/release': { kind: 'operator' },
  'POST /api/v1/admin/held-deliveries/:id/refuse': { kind: 'operator', body: {} },
  'GET /api/v1/admin/dead-letters': { kind: 'operator' },
  'POST /api/v1/admin/dead-letters/:id/replay': { kind: 'operator' },
}
