import { askers, auditors, type Rows, reason } from './entry.ts'

/** Content for people it is not for. */
export const breakGlassRows: Rows = {
  'GET /break-glass': { may: askers, sees: 'list' },
  'POST /documents/:id/break-glass': { may: askers, sees: 'object', object: 'document', body: { reason } },
  'POST /break-glass/:id/decision': { may: auditors, sees: 'object', object: 'opening', body: { allowed: true } },
}
