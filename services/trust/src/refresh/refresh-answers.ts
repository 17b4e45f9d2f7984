import { randomBytes } from 'node:crypto'
import { FetchFault } from '@docaxis/outbound'
import {
  type Certificate,
  DerError,
  type OcspResponse,
  ocspStatus,
  parseCertificate,
  parseOcspResponse,
  type Trust,
  writeOcspRequest,
} from '@docaxis/pki'
import {
  type AuthorityRecord,
  type DueOcsp,
  dueOcsp,
  forgetHolds,
  listSources,
  type OcspSubject,
  postponeOcsp,
  recordOcspFailure,
  recordRevocations,
  recordSourceAnswer,
  recordSourceFailure,
  type SourceRecord,
  storeOcspAnswer,
} from '@docaxis/store'
import { dueAfterAnswer, dueAfterFailure } from './next-due.ts'
import type { RefreshDeps } from './refresh-deps.ts'

/** Certificates asked about in one turn: some twenty seconds of a responder that takes its time. */
const perTurn = 100

const hourMs = 3_600_000

/**
 * Asks an authority's responder for the certificates of the register whose answers are due, one after the other. One that
 * does not answer is not asked a hundred times: all of them wait for its next turn. An answer that proves nothing concerns
 * its own certificate alone.
 */
export async function refreshAnswers(deps: RefreshDeps, authority: AuthorityRecord): Promise<void> {
  const { database } = deps
  const [source] = (await listSources(database, authority.sha256))
    .filter(({ kind }) => kind === 'ocsp')
    .toSorted((one, other) => one.failures - other.failures)
  if (!source) return
  const issuer = parseCertificate(authority.der)
  const due = await dueOcsp(database, authority.sha256, perTurn)
  const trust = await deps.trust.current()
  for (const asked of due) {
    try {
      await refreshAnswer(deps, { authority: authority.sha256, issuer, source, asked, trust })
    } catch (error) {
      if (!(error instanceof FetchFault))
        deps.logger.error({ err: error, url: source.url }, 'an OCSP answer cannot be read')
      return await postpone(deps, source, error instanceof FetchFault ? error.message : 'the answer cannot be read')
    }
  }
  if (due.length === 0) return
  await recordSourceAnswer(database, source.id, hourMs)
  // Once a turn: a snapshot of what is trusted is not made anew for every answer.
  deps.trust.changed()
}

interface Question {
  readonly authority: string
  readonly issuer: Certificate
  readonly source: SourceRecord
  readonly asked: DueOcsp
  readonly trust: Trust
}

/** @throws FetchFault when the responder does not answer at all */
async function refreshAnswer(deps: RefreshDeps, { authority, issuer, source, asked, trust }: Question): Promise<void> {
  const { database, now, random, logger } = deps
  const certificate = parseCertificate(asked.der)
  const subject: OcspSubject = { certificate: asked.certificate, authority }
  const nonce = randomBytes(32)
  const body = { bytes: writeOcspRequest({ certificate, issuer, nonce }), type: 'application/ocsp-request' }
  const response = readResponse(await deps.fetch({ url: source.url, body }))
  const at = now()
  const status = ocspStatus({ response, certificate, issuer, trust, at, nonce })
  if (status.is === 'unusable') {
    deps.metrics.failures.inc({ kind: 'ocsp' })
    logger.warn({ url: source.url, certificate: asked.certificate, fault: status.detail }, 'OCSP answer proves nothing')
    const dueInMs = dueAfterFailure(asked.failures, random())
    return await recordOcspFailure(database, subject, { fault: status.detail, dueInMs })
  }
  const life = lifeOf(response, certificate)
  await database.transaction(async tx => {
    await storeOcspAnswer(tx, subject, {
      ...life,
      der: response.der,
      sha256: response.sha256,
      status: status.is,
      dueInMs: dueAfterAnswer(life, at, random()),
    })
    if (status.is === 'good') return await forgetHolds(tx, [asked.certificate])
    const { at: revokedAt, reason } = status.entry
    await recordRevocations(tx, [{ sha256: asked.certificate, source: 'ocsp', revokedAt, reason }])
  })
}

function readResponse(bytes: Buffer): OcspResponse {
  try {
    return parseOcspResponse(bytes)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new FetchFault(`not an OCSP response: ${error.message}`, error)
  }
}

/** V41: an hour where the answer does not say itself. */
function lifeOf({ basic }: OcspResponse, { serial }: Certificate): { thisUpdate: Date; nextUpdate: Date } {
  const single = basic?.responses.find(({ certId }) => certId.serial === serial)
  if (!single) throw new Error('an OCSP answer was judged and does not speak of the certificate')
  const { thisUpdate, nextUpdate = new Date(thisUpdate.getTime() + hourMs) } = single
  return { thisUpdate, nextUpdate }
}

async function postpone(deps: RefreshDeps, source: SourceRecord, fault: string): Promise<void> {
  const { database, metrics, logger, random } = deps
  metrics.failures.inc({ kind: 'ocsp' })
  logger.warn({ url: source.url, fault, failures: source.failures + 1 }, 'OCSP responder does not answer')
  const dueInMs = dueAfterFailure(source.failures, random())
  await recordSourceFailure(database, source.id, { fault, dueInMs })
  await postponeOcsp(database, source.authority, dueInMs)
}
