import { verificationCodes } from '@docaxis/errors'
import { endedFault } from '../algorithm-ends.ts'
import type { Fault } from '../algorithms.ts'
import { algorithmsOfSigner } from '../cms/signature-value.ts'
import type { CmsSignerResult, Signer } from '../cms/types.ts'
import { verifySigner } from '../cms/verify-signer.ts'
import { judge, type Rule } from '../judge.ts'
import { validatePath } from '../path/validate-path.ts'
import type { Certificate, PathCheck, PathResult } from '../types.ts'
import type { TimeStampQuestion, TimeStampResult } from './types.ts'

/** What clocks of the hub and of an authority may differ. */
const skewMs = 5 * 60 * 1000

/** What the token itself must be, in order of application (V51). */
const rules: readonly Rule<TimeStampQuestion>[] = [
  ['V51', 'exactly one signer', ({ token: { signed } }) => countFault(signed.signers.length)],
  ['V51', 'imprint equals the own digest', imprintFault],
  ['V51', 'nonce is the one that was sent', nonceFault],
  ['V51', 'policy is allowed', policyFault],
  ['V51', 'no unknown critical extension', extensionFault],
  ['V51', 'not from the future', futureFault],
]

/**
 * Judges a time-stamp token (V51; RFC 3161 section 2.2, RFC 5816): what it is over, who signed it, and whether that unit
 * could stamp at genTime. VALID proves that the stamped bytes existed at genTime, give or take `accuracyMs`.
 */
export function verifyTimeStamp(question: TimeStampQuestion): TimeStampResult {
  const { checks, fault } = judge(rules, question)
  const [signer] = question.token.signed.signers
  if (fault || !signer) return refusal(fault ?? invalid('no signer'), checks)

  const signature = verifyToken(question, signer)
  const { certificate } = signature
  const all = [...checks, ...signature.checks]
  if (signature.code !== 'OK' || !certificate) {
    const { rule, detail = 'signature of the token' } = signature
    return { ...refusal({ code: 'TIMESTAMP_INVALID', rule, detail }, all), certificate }
  }
  const ended = endedAlgorithmFault(question, signer, certificate)
  if (ended) return { ...refusal(ended, [...all, { rule: 'V21', passed: false, detail: ended.detail }]), certificate }
  return judgePath(question, certificate, all)
}

/** A token that could be made up by now proves nothing of the time that it states, unless a later stamp holds it fast. */
function endedAlgorithmFault(
  { token: { hash }, trust, at, provenAt = at }: TimeStampQuestion,
  signer: Signer,
  certificate: Certificate,
): Fault | undefined {
  const names = [...(hash ? [hash] : []), ...algorithmsOfSigner({ signer, certificate })]
  const fault = endedFault(names, provenAt, trust.algorithmEnds)
  return fault && { ...fault, code: 'TIMESTAMP_INVALID' }
}

function verifyToken({ token, certificates }: TimeStampQuestion, signer: Signer): CmsSignerResult {
  const more = certificates ? { certificates } : {}
  return verifySigner({ signed: token.signed, signer, requireSigningCertificate: true, ...more })
}

/** The unit's certificate: its usage (V35) and path under the anchors for time stamps, at genTime. */
function judgePath(
  question: TimeStampQuestion,
  certificate: Certificate,
  checks: readonly PathCheck[],
): TimeStampResult {
  const path = pathOf(question, certificate)
  const { verdict, code, rule, detail } = path
  return { verdict, code, rule, ...(detail && { detail }), checks: [...checks, ...path.checks], certificate, path }
}

/**
 * Lists of the time of the stamp are seldom kept. What is good now, and was valid by date at genTime already, was not
 * revoked at genTime either; so newer lists serve as well while the unit's certificates last.
 */
function pathOf(question: TimeStampQuestion, certificate: Certificate): PathResult {
  const { token, trust, certificates = [], revocation = 'required', at, provenAt = at } = question
  const intermediates = [...token.signed.certificates, ...certificates]
  const asked = { certificate, intermediates, trust, purpose: 'tsa', revocation, algorithmsAt: provenAt } as const
  const then = validatePath({ ...asked, at: token.genTime })
  if (then.code !== 'REVOCATION_STALE' && then.code !== 'REVOCATION_UNAVAILABLE') return then
  const now = validatePath({ ...asked, at })
  const wasValid = now.path.every(({ notBefore }) => notBefore <= token.genTime)
  return now.verdict === 'VALID' && wasValid ? now : then
}

function refusal(fault: Fault, checks: readonly PathCheck[]): TimeStampResult {
  return { ...fault, verdict: verificationCodes[fault.code].verdict, checks }
}

function countFault(signers: number): Fault | undefined {
  return signers === 1 ? undefined : invalid(`${signers} signers where one belongs`)
}

function imprintFault({ token, imprintOf }: TimeStampQuestion): Fault | undefined {
  if (!token.hash) return { ...invalid(`imprint by digest ${token.hashAlgorithm}`), rule: 'V14' }
  const own = imprintOf(token.hash)
  if (own.equals(token.imprint)) return undefined
  return invalid(`stamped is ${token.imprint.toString('hex')}, the own digest is ${own.toString('hex')}`)
}

function nonceFault({ token, nonce }: TimeStampQuestion): Fault | undefined {
  if (nonce === undefined) return undefined
  const sent = nonce.toLowerCase().replace(/^0+(?=.)/, '')
  return token.nonce === sent ? undefined : invalid(`nonce ${token.nonce ?? 'absent'}, sent was ${sent}`)
}

function policyFault({ token: { policy }, policies }: TimeStampQuestion): Fault | undefined {
  return !policies || policies.includes(policy) ? undefined : invalid(`policy ${policy} is not allowed`)
}

function extensionFault({ token: { extensions } }: TimeStampQuestion): Fault | undefined {
  const unknown = extensions.find(({ critical }) => critical)
  return unknown && invalid(`critical extension ${unknown.id}`)
}

function futureFault({ token, at }: TimeStampQuestion): Fault | undefined {
  const { genTime } = token
  if (genTime.getTime() <= at.getTime() + skewMs) return undefined
  return invalid(`stamped at ${genTime.toISOString()}, now it is ${at.toISOString()}`)
}

function invalid(detail: string): Fault {
  return { code: 'TIMESTAMP_INVALID', rule: 'V51', detail }
}
