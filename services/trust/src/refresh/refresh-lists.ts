import { HubError } from '@docaxis/errors'
import { FetchFault } from '@docaxis/outbound'
import type { Crl, Trust } from '@docaxis/pki'
import { parseCertificate } from '@docaxis/pki'
import { importCrl } from '@docaxis/service'
import {
  type AuthorityRecord,
  dueListSources,
  recordSourceAnswer,
  recordSourceFailure,
  type SourceRecord,
  type Sql,
} from '@docaxis/store'
import { dueAfterAnswer, dueAfterFailure } from './next-due.ts'
import type { RefreshDeps } from './refresh-deps.ts'

/** The clock of an authority may be ahead of ours by so much. */
const skewMs = 300_000

/**
 * Fetches every list of an authority that is due. A list that cannot be fetched, or is not what it should be, leaves the
 * one held as it is: good until its own end, and no longer.
 */
export async function refreshLists(deps: RefreshDeps, authority: AuthorityRecord): Promise<void> {
  for (const source of await dueListSources(deps.database, authority.sha256)) {
    try {
      await refreshList(deps, authority, source)
    } catch (error) {
      // Whatever a list does to its reader, it concerns this source alone.
      if (!isFault(error)) deps.logger.error({ err: error, url: source.url }, 'a revocation list cannot be read')
      await failed(deps, source, isFault(error) ? error.message : 'the list cannot be read')
    }
  }
}

async function refreshList(deps: RefreshDeps, authority: AuthorityRecord, source: SourceRecord): Promise<void> {
  const { database, now, random, trust, logger } = deps
  const bytes = await deps.fetch({ url: source.url })
  const crl = await database.transaction(async tx => keep(tx, await trust.current(), { bytes, authority, now: now() }))
  if (crl.nextUpdate !== undefined && crl.nextUpdate < now()) {
    throw new FetchFault(`the list ran out at ${crl.nextUpdate.toISOString()}`)
  }
  await recordSourceAnswer(database, source.id, dueAfterAnswer(crl, now(), random()))
  trust.changed()
  logger.info({ authority: authority.subject, url: source.url, entries: crl.size }, 'revocation list fetched')
}

interface Fetched {
  readonly bytes: Buffer
  readonly authority: AuthorityRecord
  readonly now: Date
}

/** @throws FetchFault when the list is another authority's, or of the future; nothing is kept then */
async function keep(tx: Sql, trust: Trust, { bytes, authority, now }: Fetched): Promise<Crl> {
  const { crl } = await importCrl(tx, trust, bytes)
  const { subject } = parseCertificate(authority.der)
  if (crl.issuer.key !== subject.key && !crl.scope.indirect)
    throw new FetchFault(`the list is that of ${crl.issuer.text}`)
  if (crl.thisUpdate.getTime() > now.getTime() + skewMs) {
    throw new FetchFault(`the list begins only at ${crl.thisUpdate.toISOString()}`)
  }
  return crl
}

async function failed(
  { database, logger, metrics, random }: RefreshDeps,
  source: SourceRecord,
  fault: string,
): Promise<void> {
  metrics.failures.inc({ kind: 'crl' })
  logger.warn({ url: source.url, fault, failures: source.failures + 1 }, 'revocation list not fetched')
  await recordSourceFailure(database, source.id, { fault, dueInMs: dueAfterFailure(source.failures, random()) })
}

/** The network's or the list's; anything else is ours. */
function isFault(error: unknown): error is Error {
  return error instanceof FetchFault || (error instanceof HubError && error.code === 'REQUEST_INVALID')
}
