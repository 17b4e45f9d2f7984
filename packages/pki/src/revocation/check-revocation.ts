import type { Fault } from '../algorithms.ts'
import type { Search } from '../path/search.ts'
import { always, type Window, within } from '../path/window.ts'
import type { Anchor, Certificate, Crl, OcspResponse, PathCheck } from '../types.ts'
import type { Subject } from './crl-signer.ts'
import { statusByLists } from './crl-status.ts'
import { statusByOcsp } from './ocsp-status.ts'
import type { Status } from './status.ts'

export interface RevocationFindings {
  readonly checks: readonly PathCheck[]
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
  readonly fault?: Fault
  /** How long the answer stays the same; absent when data that is missing now may come into force at any time. */
  readonly holds?: Window
}

interface Finding {
  readonly certificate: Certificate
  readonly isLeaf: boolean
  readonly status: Status
}

/**
 * Checks every certificate of the path but the anchor against lists and responses at hand (V39 to V46). A certain refusal
 * goes before missing data, whatever the order in the path.
 */
export function checkRevocation(path: readonly Certificate[], anchor: Anchor, search: Search): RevocationFindings {
  if (search.revocation === 'none') return { checks: [notAsked], crls: [], ocsp: [], holds: always }
  const findings = path.slice(0, -1).map((certificate, index) => {
    const issuer = path[index + 1] ?? certificate
    return { certificate, isLeaf: index === 0, status: statusOf({ certificate, issuer, anchor, search }) }
  })
  const faults = findings.map(faultOf)
  const isMissing = (fault: Fault | undefined) => fault?.rule === 'V39' || fault?.rule === 'V41'
  const isPassedOver = (fault: Fault | undefined) => search.revocation === 'if-available' && isMissing(fault)
  const deciding = faults.filter(fault => !isPassedOver(fault))
  const revoked = deciding.findLast(fault => fault?.rule === 'V40')
  const fault = revoked ?? deciding.findLast(one => one !== undefined)
  const known = findings.flatMap(({ status }) => ('by' in status ? [status.by] : []))
  return {
    checks: findings.map((finding, index) => checkOf(finding, faults[index], isPassedOver(faults[index]))),
    crls: [...new Set(known.flatMap(({ crls }) => crls))],
    ocsp: [...new Set(known.flatMap(({ ocsp }) => ocsp))],
    ...(fault && { fault }),
    ...holdsOf(findings),
  }
}

const notAsked: PathCheck = {
  rule: 'V39',
  passed: true,
  detail: 'revocation was NOT checked: the question asks for none',
}

/** Revoked by anything is revoked; good by anything else is good. */
function statusOf(subject: Subject): Status {
  const byLists = statusByLists(subject)
  const byOcsp = statusByOcsp(subject)
  if (!byOcsp || byLists.is === 'revoked') return byLists
  return byLists.is === 'good' && byOcsp.is !== 'revoked' ? byLists : byOcsp
}

function holdsOf(findings: readonly Finding[]): { holds?: Window } {
  const windows = findings.flatMap(({ status }) => (status.is === 'good' ? [status.holds] : []))
  return windows.length === findings.length ? { holds: within(...windows) } : {}
}

function faultOf({ certificate, isLeaf, status }: Finding): Fault | undefined {
  switch (status.is) {
    case 'good':
      return undefined
    case 'revoked': {
      const { at, reason } = status.entry
      const detail = `${certificate.subject.text} was revoked at ${at.toISOString()}, reason ${reason}`
      return { code: isLeaf ? 'CERTIFICATE_REVOKED' : 'CA_REVOKED', rule: 'V40', detail }
    }
    case 'stale':
      return { code: 'REVOCATION_STALE', rule: 'V41', detail: status.detail }
    case 'unavailable':
      return { code: 'REVOCATION_UNAVAILABLE', rule: 'V39', detail: status.detail }
  }
}

function checkOf({ certificate, status }: Finding, fault: Fault | undefined, isPassedOver: boolean): PathCheck {
  if (isPassedOver) {
    return {
      rule: 'V39',
      passed: true,
      detail: `NOT checked, passed over: ${certificate.subject.text}: ${fault?.detail}`,
    }
  }
  const detail = fault?.detail ?? goodText(certificate, status)
  return { rule: fault?.rule ?? 'V40', passed: fault === undefined, detail }
}

function goodText({ subject }: Certificate, status: Status): string {
  if (status.is !== 'good' || !status.later) return `not revoked: ${subject.text}`
  return `revoked only after the signature was made, at ${status.later.at.toISOString()}: ${subject.text}`
}
