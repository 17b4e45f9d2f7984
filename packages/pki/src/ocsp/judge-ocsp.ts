import type { VerificationCode } from '@docaxis/errors'
import type { Fault } from '../algorithms.ts'
import { judge, type Rule } from '../judge.ts'
import { counts, isFinal } from '../revocation/status.ts'
import type { Certificate, PathCheck, RevokedEntry } from '../types.ts'
import { certIdFault } from './cert-id.ts'
import { ocspOid } from './oids.ts'
import { findResponder, type ResponderChecks, unfit } from './responder.ts'
import type { BasicOcspResponse, OcspResponse, SingleResponse } from './types.ts'

/** What clocks of the hub and of a responder may differ. */
const skewMs = 5 * 60 * 1000
/** How long an answer counts that does not say itself (V41). */
const hourMs = 60 * 60 * 1000

export interface OcspQuestion extends ResponderChecks {
  readonly response: OcspResponse
  readonly certificate: Certificate
  /** The nonce that was sent; absent for answers that come from elsewhere. */
  readonly nonce?: Buffer
}

export type OcspStatus =
  | {
      readonly is: 'good'
      readonly checks: readonly PathCheck[]
      readonly responder: Certificate
      /** The answer about this certificate, with its archive cutoff where it has one. */
      readonly single: SingleResponse
      /** From when and until when the answer counts, both inclusive. */
      readonly from: Date
      readonly until: Date
    }
  | {
      readonly is: 'revoked'
      readonly checks: readonly PathCheck[]
      readonly responder: Certificate
      readonly single: SingleResponse
      /** Whether it counts at the judged time is V46's question. */
      readonly entry: RevokedEntry
    }
  /** Proves nothing, so it is no answer: `REVOCATION_STALE` where only its time is wrong. */
  | {
      readonly is: 'unusable'
      readonly checks: readonly PathCheck[]
      readonly code: VerificationCode
      readonly rule: string
      readonly detail: string
    }

/** The response with what was picked out of it. */
interface Picked extends OcspQuestion {
  readonly basic: BasicOcspResponse
  readonly single: SingleResponse
}

const rules: readonly Rule<Picked>[] = [
  ['V42', 'no unknown critical extension', extensionFault],
  ['V43', 'nonce is the one that was sent, or none came back', nonceFault],
  ['V42', 'status is known', unknownFault],
  ['V42', 'times agree with each other', orderFault],
  ['V41', 'counts at the judged time', windowFault],
]

/**
 * What an OCSP response proves of a certificate of this issuer at one moment (V41 to V43; RFC 6960 section 3.2). Whoever
 * asks counts the signatures and judges the delegate.
 */
export function judgeOcsp(question: OcspQuestion): OcspStatus {
  const { response, certificate, issuer } = question
  const { basic } = response
  if (!basic) return refusal([], unfit(`the responder answers ${response.answer}`))
  const single = pick(basic, certificate, issuer)
  if ('rule' in single) return refusal([], single)
  const first = passed('V42', `speaks of ${certificate.subject.text} by name, key and serial`)

  const responder = findResponder(response.sha256, basic, question)
  if ('fault' in responder) return refusal([first], responder.fault)
  const second = passed('V42', `signed by ${responder.certificate.subject.text}, who may`)

  const found = judge(rules, { ...question, basic, single })
  const checks = [first, second, ...found.checks]
  if (found.fault) return refusal(checks, found.fault)
  const answer = { checks, responder: responder.certificate, single }
  if (single.status.is === 'revoked') {
    const { at, reason } = single.status
    return { is: 'revoked', ...answer, entry: { at, reason } }
  }
  return { is: 'good', ...answer, from: single.thisUpdate, until: lastUse(single) }
}

function passed(rule: string, detail: string): PathCheck {
  return { rule, passed: true, detail }
}

function refusal(checks: readonly PathCheck[], fault: Fault): OcspStatus {
  return { is: 'unusable', ...fault, checks: [...checks, { rule: fault.rule, passed: false, detail: fault.detail }] }
}

const badness = { good: 0, unknown: 1, revoked: 2 } as const

/** The answer about this certificate; of several the worst, then the newest. */
function pick(basic: BasicOcspResponse, certificate: Certificate, issuer: Certificate): SingleResponse | Fault {
  const fitting = basic.responses.filter(({ certId }) => certIdFault(certId, certificate, issuer) === undefined)
  const [worst] = fitting.toSorted(
    (one, other) =>
      badness[other.status.is] - badness[one.status.is] || other.thisUpdate.getTime() - one.thisUpdate.getTime(),
  )
  if (worst) return worst
  const [other] = basic.responses
  return unfit(`speaks of ${other ? certIdFault(other.certId, certificate, issuer) : 'no certificate'}`)
}

const understood: readonly string[] = [ocspOid.nonce, ocspOid.archiveCutoff]

function extensionFault({ basic, single }: Picked): Fault | undefined {
  const unknown = [...basic.extensions, ...single.extensions].find(
    ({ id, critical }) => critical && !understood.includes(id),
  )
  return unknown && unfit(`critical extension ${unknown.id}`)
}

/** Answers without a nonce were made before the question; they count inside their window (RFC 5019 section 4). */
function nonceFault({ basic, nonce }: Picked): Fault | undefined {
  if (!nonce || !basic.nonce || basic.nonce.equals(nonce)) return undefined
  return { ...unfit('the nonce is not the one that was sent'), rule: 'V43' }
}

function unknownFault({ single: { status }, certificate }: Picked): Fault | undefined {
  return status.is === 'unknown' ? unfit(`the responder does not know ${certificate.subject.text}`) : undefined
}

/** Signed while the status it tells was current: neither before it was known nor after it had run out. */
function orderFault({ basic: { producedAt }, single }: Picked): Fault | undefined {
  const { thisUpdate, nextUpdate } = single
  if (nextUpdate && nextUpdate < thisUpdate) return unfit('nextUpdate is before thisUpdate')
  if (producedAt.getTime() < thisUpdate.getTime() - skewMs) return unfit('made before the status it tells')
  return producedAt.getTime() > lastUse(single).getTime() + skewMs ? unfit('made after its own end') : undefined
}

function windowFault({ single, at }: Picked): Fault | undefined {
  const { status } = single
  // A revocation that lasts is true in an answer of any age.
  if (status.is === 'revoked' && isFinal(status) && counts(status, at)) return undefined
  const until = lastUse(single)
  const isIn = single.thisUpdate.getTime() - skewMs <= at.getTime() && at.getTime() <= until.getTime() + skewMs
  if (isIn) return undefined
  const span = `from ${single.thisUpdate.toISOString()} to ${until.toISOString()}`
  return { code: 'REVOCATION_STALE', rule: 'V41', detail: `OCSP answer counts ${span}, judged at ${at.toISOString()}` }
}

function lastUse({ thisUpdate, nextUpdate }: SingleResponse): Date {
  return nextUpdate ?? new Date(thisUpdate.getTime() + hourMs)
}
