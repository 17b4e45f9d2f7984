import type { Tx } from '../database.ts'
import { lockDirectory } from './agency-import.ts'

/** What an agency takes, by its own word. */
export interface AgencyReceiving {
  /** Not: nothing is delivered to it until it is opened again. */
  readonly canReceive: boolean
  /** Null: whatever the hub takes. */
  readonly maxEnvelopeBytes: number | null
  /** Extensions without a dot, in small letters; none: any. */
  readonly fileTypes: readonly string[]
}

const updateSql = `
update agency
   set can_receive = $2, max_envelope_bytes = $3, file_types = $4, version = nextval('directory_version'),
       updated_at = now()
 where code = $1 and not deleted and (can_receive, max_envelope_bytes, file_types) is distinct from ($2, $3::bigint, $4::text[])`

/** Opens or locks an agency, and sets the limits of what it takes. @returns whether anything changed */
export async function updateAgencyReceiving(tx: Tx, code: string, receiving: AgencyReceiving): Promise<boolean> {
  await lockDirectory(tx)
  const { canReceive, maxEnvelopeBytes, fileTypes } = receiving
  const { rowCount } = await tx.query(updateSql, [code, canReceive, maxEnvelopeBytes, [...fileTypes]])
  return rowCount === 1
}
