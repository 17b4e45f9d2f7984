import { administrators, auditors, farRights, type Rows } from './entry.ts'

/** Accounts of others, and who did what. */
export const peopleRows: Rows = {
  'GET /people': { may: administrators, sees: 'list' },
  'POST /people': { may: administrators, sees: 'own', body: { ...farRights, login: 'new', withPassword: false } },
  'PUT /people/:id': { may: administrators, sees: 'object', object: 'account', body: farRights },
  'POST /people/:id/reset': { may: administrators, sees: 'object', object: 'account' },
  'POST /people/:id/disable': { may: administrators, sees: 'object', object: 'account' },
  'POST /people/:id/enable': { may: administrators, sees: 'object', object: 'account' },
  'GET /audit': { may: auditors, sees: 'list' },
}
