import { type Database, putRegisterTotals } from '@docaxis/store'

/** What the registers of some demo agencies hold for the month, on paper and electronic: made up, as all of the country. */
const totals = [
  { agency: 'G99', outgoing: 3, incoming: 4 },
  { agency: 'H99', outgoing: 2, incoming: 9 },
  { agency: 'H99.32.05', outgoing: 2, incoming: 4 },
] as const

/** Entered as the operator would, so that reports have something to take a share of. */
export async function enterRegisters(database: Database, now: Date): Promise<void> {
  const month = new Date(now.getTime() + hanoiOffsetMs).toISOString().slice(0, 7)
  const entries = totals.map(total => ({ ...total, month }))
  await database.transaction(tx => putRegisterTotals(tx, entries, { source: 'form', enteredBy: 'user:operator' }))
}

const hanoiOffsetMs = 7 * 3_600_000
