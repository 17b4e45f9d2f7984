import { conformanceRows } from './conformance-rows.ts'
import { directoryRows } from './directory-rows.ts'
import { documentRows } from './document-rows.ts'
import type { Rows } from './entry.ts'
import { openRows } from './open-rows.ts'
import { operationRows } from './operation-rows.ts'
import { trustRows } from './trust-rows.ts'
import { webhookRows } from './webhook-rows.ts'

/** Every route of the REST interface. One file a subject. */
export const matrix: Rows = {
  ...documentRows,
  ...openRows,
  ...conformanceRows,
  ...directoryRows,
  ...trustRows,
  ...operationRows,
  ...webhookRows,
}
