import { algorithmsOf } from '../algorithm-ends.ts'
import { certIdsOf } from '../ocsp/cert-id.ts'
import { judgeOcsp, type OcspStatus } from '../ocsp/judge-ocsp.ts'
import { unfit } from '../ocsp/responder.ts'
import { always, type Window, within } from '../path/window.ts'
import { ocspKey } from '../trust.ts'
import type { OcspResponse } from '../types.ts'
import type { Subject } from './crl-signer.ts'
import { statusByLists } from './crl-status.ts'
import { counts, type Status } from './status.ts'

interface Reading {
  readonly response: OcspResponse
  readonly status: OcspStatus
}

/** What OCSP responses at hand say of a certificate (V42, V43, V46); undefined when there are none. */
export function statusByOcsp(subject: Subject): Status | undefined {
  const responses = responsesFor(subject)
  if (responses.length === 0) return undefined
  const statuses = responses.map(response => statusOf({ response, status: judge(response, subject) }, subject))
  const goods = statuses.filter(status => status.is === 'good')
  const [first] = statuses
  const revoked = statuses.find(({ is }) => is === 'revoked')
  return revoked ?? latest(goods) ?? statuses.find(({ is }) => is === 'stale') ?? first
}

function responsesFor({ certificate, issuer, search }: Subject): readonly OcspResponse[] {
  const keys = certIdsOf(certificate, issuer).map(ocspKey)
  return [...new Set(keys.flatMap(key => search.trust.ocsp(key)))]
}

function judge(response: OcspResponse, subject: Subject): OcspStatus {
  const { certificate, issuer, search } = subject
  const algorithms = search.algorithms.notBefore(search.at)
  return judgeOcsp({
    response,
    certificate,
    issuer,
    at: search.at,
    outdated: search.outdated,
    signatureFault: (signed, by) =>
      search.budget.signature(signed, by) ?? algorithms.fault(algorithmsOf(signed.signature.algorithm, by)),
    revocationFault: delegate => {
      // Only lists: a responder does not vouch for itself.
      const status = statusByLists({ ...subject, certificate: delegate, search: { ...search, signedAt: search.at } })
      if (status.is === 'good') return undefined
      return unfit(`responder ${delegate.subject.text}: ${'detail' in status ? status.detail : 'revoked'}`)
    },
  })
}

function statusOf({ response, status }: Reading, { search: { signedAt } }: Subject): Status {
  const by = { crls: [], ocsp: [response] }
  switch (status.is) {
    case 'good':
      return { is: 'good', by, holds: within(status, lifeOf(status)) }
    case 'revoked': {
      const { entry } = status
      if (counts(entry, signedAt)) return { is: 'revoked', by, entry }
      const before = { from: always.from, until: new Date(entry.at.getTime() - 1) }
      return { is: 'good', by, holds: within(before, lifeOf(status)), later: entry }
    }
    case 'unusable':
      return { is: status.code === 'REVOCATION_STALE' ? 'stale' : 'unavailable', detail: status.detail }
  }
}

function lifeOf({ responder: { notBefore, notAfter } }: Exclude<OcspStatus, { is: 'unusable' }>): Window {
  return { from: notBefore, until: notAfter }
}

/** The one that counts longest. */
function latest(goods: readonly Extract<Status, { is: 'good' }>[]): Status | undefined {
  const [first, ...others] = goods
  return first && others.reduce((best, one) => (one.holds.until > best.holds.until ? one : best), first)
}
