import type { Tx } from '../database.ts'

/** Reading and writing a whole country outlasts the limits that protect the hot path. */
export async function allowTime(tx: Tx): Promise<void> {
  await tx.query(`
    select set_config('statement_timeout', '5min', true), set_config('lock_timeout', '1min', true),
           set_config('idle_in_transaction_session_timeout', '5min', true)`)
}
