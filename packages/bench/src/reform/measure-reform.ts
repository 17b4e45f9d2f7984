import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDatabase } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'
import { quiet } from '../quiet.ts'
import { type Rehearsal, type RehearsalOptions, rehearseReform } from './rehearse-reform.ts'

/** The rehearsal on a database of its own, with `fsync` on. */
export async function measureReform(options: RehearsalOptions): Promise<Rehearsal> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docaxis-reform-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(dataDir, 0o755)
  const server = await startEmbedded({ dataDir, log: quiet })
  const database = openDatabase({ connectionString: server.connectionString, statementTimeoutMs: 300_000 })
  try {
    await migrate(database)
    return await rehearseReform(database, options)
  } finally {
    await database.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

export function printReform({ deliveries, preview, outcome, faults, previewMs, applyMs }: Rehearsal): void {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  const { agencies } = outcome
  console.log(
    `\nThe reform of 2025 over a made-up country: ${agencies.closed} agencies closed, ${agencies.opened} opened, ${agencies.moved} moved\n` +
      `  ${outcome.documents} documents under way to them, in ${deliveries} deliveries of all documents\n` +
      `  preview ${seconds(previewMs)}, the reform ${seconds(applyMs)} as one transaction\n` +
      `  previewed ${JSON.stringify(preview)}\n  came true ${JSON.stringify(outcome)}\n` +
      `  ${faults.length === 0 ? 'every delivery is at the successor or back with a reason, each with evidence' : `${faults.length} faults`}`,
  )
  for (const fault of faults.slice(0, 20)) console.log(`  - ${fault}`)
}
