import { accountRows } from './account-rows.ts'
import { agenciesRows } from './agencies-rows.ts'
import { alertRows } from './alert-rows.ts'
import { breakGlassRows } from './break-glass-rows.ts'
import { directoryChangesRows } from './directory-changes-rows.ts'
import { documentRows } from './documents-rows.ts'
import type { Rows } from './entry.ts'
import { nowRows } from './now-rows.ts'
import { peopleRows } from './people-rows.ts'
import { reportRows } from './report-rows.ts'
import { settingsRows } from './settings-rows.ts'
import { trustRows } from './trust-rows.ts'

/** Every route of the console. One file a subject, as in `src/`. */
export const matrix: Rows = {
  ...accountRows,
  ...peopleRows,
  ...agenciesRows,
  ...alertRows,
  ...breakGlassRows,
  ...nowRows,
  ...documentRows,
  ...trustRows,
  ...settingsRows,
  ...reportRows,
  ...directoryChangesRows,
}
