import { allReasons } from '../distribution-points.ts'
import { always, type Window, within } from '../path/window.ts'
import { issuerNameKey } from '../trust.ts'
import type { Certificate, Crl, ReasonMask, RevokedEntry } from '../types.ts'
import { crlFit, lastUse } from './crl-fit.ts'
import { findSigner, type Subject } from './crl-signer.ts'
import { buildsOn } from './delta.ts'
import { counts, isFinal, type Status } from './status.ts'

/** A list that speaks of the certificate, and for which reasons. */
interface Candidate {
  readonly crl: Crl
  readonly reasons: ReasonMask
}

/** What complete lists at hand, with their deltas, say of a certificate (RFC 5280 section 6.3.3; V39 to V41, V45, V46). */
export function statusByLists(subject: Subject): Status {
  const lists = listsFor(subject)
  const { fitting, unfit } = sortOut(lists, subject.certificate)
  const complete = newestFirst(fitting.filter(({ crl }) => !crl.scope.delta))
  const deltas = newestFirst(fitting.filter(({ crl }) => crl.scope.delta))

  const readings = readingsOf(complete, deltas, subject)
  const revoked =
    readings.find(({ entry }) => entry && counts(entry, subject.search.signedAt)) ?? revokedFinally(fitting, subject)
  if (revoked?.entry) return { is: 'revoked', by: { crls: revoked.crls, ocsp: [] }, entry: revoked.entry }
  const good = coveredByAll(readings, lists, subject)
  return good ?? missing(complete, deltas, readings, unfit, subject)
}

function listsFor({ certificate, search }: Subject): readonly Crl[] {
  const issuers = [certificate.issuer, ...certificate.distributionPoints.flatMap(({ crlIssuers = [] }) => crlIssuers)]
  const lists = new Set(issuers.flatMap(issuer => search.trust.crls(issuerNameKey(issuer))))
  return [...lists].filter(({ issuer }) => issuers.some(({ key }) => key === issuer.key))
}

function sortOut(lists: readonly Crl[], certificate: Certificate): { fitting: Candidate[]; unfit: string[] } {
  const fitting: Candidate[] = []
  const unfit: string[] = []
  for (const crl of lists) {
    const fit = crlFit(crl, certificate)
    if ('unfit' in fit) unfit.push(fit.unfit)
    else fitting.push({ crl, reasons: fit.reasons })
  }
  return { fitting, unfit }
}

function newestFirst(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((one, other) => Number(other.crl.thisUpdate) - Number(one.crl.thisUpdate))
}

/** What one list says, alone or with a delta. */
interface Reading {
  readonly crls: readonly Crl[]
  readonly reasons: ReasonMask
  readonly entry?: RevokedEntry
  readonly holds: Window
}

/** Of lists of equal issuer, key and scope the newest that can be used speaks for all: a hold may have ended. */
function readingsOf(complete: readonly Candidate[], deltas: readonly Candidate[], subject: Subject): Reading[] {
  const readings = new Map<string, Reading>()
  for (const candidate of complete) {
    const { issuer, authorityKeyId, scope } = candidate.crl
    const kind = JSON.stringify([issuer.key, authorityKeyId, scope.text])
    const reading = readings.has(kind) ? undefined : readList(candidate, deltas, subject)
    if (reading) readings.set(kind, reading)
  }
  return [...readings.values()]
}

function readList({ crl, reasons }: Candidate, deltas: readonly Candidate[], subject: Subject): Reading | undefined {
  const { certificate, search } = subject
  if (search.at < crl.thisUpdate || (deltas.length === 0 && !isCurrent(crl, subject))) return undefined
  const signer = findSigner(crl, subject)
  if ('fault' in signer) return undefined
  const changes = deltas.filter(({ crl: one }) => isCurrent(one, subject) && buildsOn(one, crl))
  const delta = changes.find(({ crl: one }) => 'holds' in findSigner(one, subject))
  // A delta tells the changes until now: with it even an older complete list says what holds now (section 5.2.4).
  if (!delta && !isCurrent(crl, subject)) return undefined
  // Among deltas that nobody could look at any more there may be one that revokes.
  if (!delta && changes.length > 0 && search.budget.isSpent()) return undefined

  const changed = delta?.crl.find(certificate.serial, certificate.issuer)
  const listed = changed ?? crl.find(certificate.serial, certificate.issuer)
  const entry = changed?.reason === 'removeFromCRL' ? undefined : listed
  const latest = delta?.crl ?? crl
  const holds = { from: latest.thisUpdate, until: lastUse(latest, search.maxCrlAgeHours) }
  return {
    crls: delta ? [crl, delta.crl] : [crl],
    reasons,
    holds: within(holds, signer.holds, beforeEntry(entry)),
    ...(entry && { entry }),
  }
}

function isCurrent(crl: Crl, { search }: Subject): boolean {
  return crl.thisUpdate <= search.at && search.at <= lastUse(crl, search.maxCrlAgeHours)
}

/** A list may name a moment still to come from which a certificate is revoked. */
function beforeEntry(entry: RevokedEntry | undefined): Window {
  return entry ? { from: always.from, until: justBefore(entry.at) } : always
}

function justBefore(at: Date): Date {
  return new Date(at.getTime() - 1)
}

/** A list of another time is no proof that a certificate is good, but a revocation that lasts is certain in any. */
function revokedFinally(fitting: readonly Candidate[], subject: Subject): Reading | undefined {
  const { certificate, search } = subject
  for (const { crl, reasons } of fitting) {
    const entry = crl.find(certificate.serial, certificate.issuer)
    if (!entry || !isFinal(entry) || !counts(entry, search.signedAt) || 'fault' in findSigner(crl, subject)) continue
    return { crls: [crl], reasons, entry, holds: always }
  }
  return undefined
}

function coveredByAll(readings: readonly Reading[], lists: readonly Crl[], { search }: Subject): Status | undefined {
  const covered = readings.reduce((mask, { reasons }) => mask | reasons, 0)
  if (covered !== allReasons) return undefined
  // Lists that are not yet in force may say something else once they are.
  const changes = lists
    .filter(({ thisUpdate }) => thisUpdate > search.at)
    .map(({ thisUpdate }) => justBefore(thisUpdate))
  const holds = within(
    ...readings.map(reading => reading.holds),
    ...changes.map(until => ({ from: always.from, until })),
  )
  const later = readings.find(({ entry }) => entry !== undefined)?.entry
  return { is: 'good', by: { crls: readings.flatMap(({ crls }) => crls), ocsp: [] }, holds, ...(later && { later }) }
}

function missing(
  complete: readonly Candidate[],
  deltas: readonly Candidate[],
  readings: readonly Reading[],
  unfit: readonly string[],
  subject: Subject,
): Status {
  const { certificate, search } = subject
  if (readings.length > 0)
    return { is: 'unavailable', detail: `the lists at hand do not cover all reasons of revocation` }
  const old = complete.find(({ crl }) => !isCurrent(crl, subject) && 'holds' in findSigner(crl, subject))
  if (old) return { is: 'stale', detail: staleText(old.crl, subject) }
  const [candidate] = complete
  const signer = candidate && findSigner(candidate.crl, subject)
  if (signer && 'fault' in signer) return { is: 'unavailable', detail: signer.fault }
  if (deltas.length > 0) return { is: 'unavailable', detail: 'delta list without its base' }
  return {
    is: 'unavailable',
    detail: unfit[0] ?? `no revocation list of ${certificate.issuer.text} at ${search.at.toISOString()}`,
  }
}

function staleText(crl: Crl, { search }: Subject): string {
  const until = lastUse(crl, search.maxCrlAgeHours)
  const span = `counts from ${crl.thisUpdate.toISOString()} to ${until.toISOString()}`
  return `list of ${crl.issuer.text} ${span}, judged at ${search.at.toISOString()}`
}
