import { askers, type Rows } from './entry.ts'

/** What the hub is set to; agencies with hours of their own are among it. */
export const settingsRows: Rows = {
  'GET /settings': { may: askers, sees: 'list' },
}
