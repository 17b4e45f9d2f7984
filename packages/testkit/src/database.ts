import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Database, openDatabase } from '@docaxis/store'
import { inject } from 'vitest'
import { orphans } from './orphans.ts'
import { onServer, otherDatabase, type TestServer } from './test-server.ts'

/** A database of one test file. */
export interface TestDatabase extends Database {
  readonly connectionString: string
  /**
   * Closes the pool and drops the database.
   *
   * @throws Error when a row names a parent that is not there: no code may leave one, and no key stops it
   */
  close(): Promise<void>
}

/**
 * A copy of the migrated template database, for one test file alone; it takes some 50 ms. Close it in `afterAll`.
 *
 * It lies on the embedded PostgreSQL that this run of vitest shares, or on the server of
 * `DOCAXIS_TEST_DATABASE_URL`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { template, serverUrl } = await testServer()
  const name = `${template}_${randomBytes(6).toString('hex')}`
  // Half as long as the other strategy for a template this small.
  await onServer(serverUrl, server => server.query(`create database ${name} template ${template} strategy file_copy`))

  const connectionString = otherDatabase(serverUrl, name)
  const database = openDatabase({ connectionString, applicationName: 'docaxis-test' })
  return {
    ...database,
    connectionString,
    async close() {
      try {
        await refuseOrphans(database)
      } finally {
        await database.close()
        await onServer(serverUrl, server => server.query(`drop database if exists ${name} with (force)`))
      }
    },
  }
}

async function refuseOrphans(database: Database): Promise<void> {
  const left = await orphans(database)
  if (left.length > 0) throw new Error(`rows were left without their parent:\n${left.join('\n')}`)
}

/** Starts the server at the first call of the run, and makes the template. */
async function testServer(): Promise<TestServer> {
  const answer = await text(connect(inject('testServerPath')))
  const server = JSON.parse(answer) as TestServer | { readonly fault: string }
  if ('fault' in server) throw new Error(`no database for tests: ${server.fault}`)
  return server
}
