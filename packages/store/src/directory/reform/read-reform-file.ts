import type { Agency, Reform, ReformPlan, ReformReading } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../../database.ts'
import { streamAgencies } from '../agency-list.ts'
import { askDirectoryThread } from '../ask-directory-thread.ts'

/** A reform file without a fault, read against the directory as it is in this transaction. */
export interface ReformFile {
  readonly reform: Reform
  readonly plan: ReformPlan
}

/** @throws HubError `IMPORT_REFUSED` with the faults by line */
export async function readReformFile(tx: Tx, bytes: Uint8Array): Promise<ReformFile> {
  const script = new URL('./reform-thread.ts', import.meta.url)
  const reading = await askDirectoryThread<Agency, Uint8Array, ReformReading>(script, streamAgencies(tx), bytes)
  const { reform, plan, faults, faultCount } = reading
  if (reform !== undefined && plan !== undefined) return { reform, plan }
  throw new HubError('IMPORT_REFUSED', `the reform has ${faultCount} faults`, {
    findings: faults,
    details: { faultCount },
  })
}
