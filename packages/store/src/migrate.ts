import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Database } from './database.ts'

export type MigrationFault = 'MIGRATION_NAME' | 'MIGRATION_EDITED' | 'MIGRATION_FAILED' | 'DATABASE_NEWER'

/** The schema cannot be brought to what this program needs. Nothing is half applied: each file is one transaction. */
export class MigrationError extends Error {
  readonly code: MigrationFault

  constructor(code: MigrationFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'MigrationError'
    this.code = code
  }
}

interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly sha256: string
}

interface AppliedRow {
  readonly number: number
  readonly name: string
  readonly sha256: string
}

const shippedFolder = fileURLToPath(new URL('../migrations/', import.meta.url))

/** Any fixed number does; it is docaxis's own. */
const advisoryLock = 0x646f_6361

/**
 * Applies the numbered files of `folder` (`0001_name.sql`) that the database does not have yet, in order. Forward only.
 * Many instances may start at once: one works, the others wait for it.
 *
 * @returns names of the files applied now
 * @throws MigrationError `MIGRATION_EDITED`: an applied file was changed; `DATABASE_NEWER`: the database has a
 *   migration this program does not know; `MIGRATION_FAILED`: with PostgreSQL's error as cause; `MIGRATION_NAME`
 */
export async function migrate(database: Database, folder: string = shippedFolder): Promise<readonly string[]> {
  const migrations = await readMigrations(folder)
  const client = await database.pool.connect()
  // Closed afterwards, not given back: the time limits lifted here and the lock go with the session.
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    return await applyMissing(client, migrations)
  } finally {
    client.release(true)
  }
}

async function applyMissing(client: pg.ClientBase, migrations: readonly Migration[]): Promise<readonly string[]> {
  await client.query(`
    create table if not exists schema_migration (
      number      integer primary key,
      name        text not null,
      sha256      text not null,
      applied_at  timestamptz not null default now()
    )`)
  const { rows: applied } = await client.query<AppliedRow>('select number, name, sha256 from schema_migration')
  for (const row of applied) checkApplied(row, migrations)

  const missing = migrations.filter(({ number }) => !applied.some(row => row.number === number))
  for (const migration of missing) await apply(client, migration)
  return missing.map(({ name }) => name)
}

function checkApplied(row: AppliedRow, migrations: readonly Migration[]): void {
  const migration = migrations.find(({ number }) => number === row.number)
  if (migration === undefined) {
    throw new MigrationError(
      'DATABASE_NEWER',
      `the database has migration ${row.name}, which this program does not know: start a newer release`,
    )
  }
  if (migration.sha256 !== row.sha256) {
    throw new MigrationError(
      'MIGRATION_EDITED',
      `migration ${migration.name} was changed after it was applied: put it back and add a new file instead`,
    )
  }
}

async function apply(client: pg.ClientBase, { number, name, text, sha256 }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into schema_migration (number, name, sha256) values ($1, $2, $3)', [
      number,
      name,
      sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new MigrationError('MIGRATION_FAILED', `migration ${name} failed: ${messageOf(error)}`, error)
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(names.map(name => readMigration(folder, name)))
  // Gaps are no fault: files of one release are written side by side, and an applied one that is gone is found above.
  for (const [index, { number, name }] of migrations.entries()) {
    const before = migrations[index - 1]
    if (before?.number === number)
      throw new MigrationError('MIGRATION_NAME', `${name} has the number of ${before.name}`)
  }
  return migrations
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1])
  if (Number.isNaN(number)) throw new MigrationError('MIGRATION_NAME', `${name} is not named 0001_what_it_does.sql`)
  // A checkout with CRLF line ends is the same migration.
  const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
  return { number, name, text, sha256: createHash('sha256').update(text).digest('hex') }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
