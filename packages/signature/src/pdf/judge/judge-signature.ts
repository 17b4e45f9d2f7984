import type { Certificate, HashName, PathResult, Trust } from '@docaxis/pki'
import { Refusal } from '../../refusal.ts'
import type { SecurityStore } from '../dss.ts'
import type { PdfQuestion } from '../question.ts'
import type { PdfSignatureVerdict } from '../verdict.ts'
import { checkSigner } from './cms.ts'
import type { Inspection } from './inspect.ts'
import { pathOf, trustWith } from './path.ts'
import { isIntact, type JudgedStamp, judgeSignatureStamp, judgeStamp } from './time.ts'

/** What is known of a signature once its digest is: who made it, when, and how far that is believed. */
export interface Proof {
  readonly certificate?: Certificate
  /** A document time stamp, or the stamps over a signature. */
  readonly stamp?: JudgedStamp
  readonly provenAt?: Date
  readonly timeSource: PdfSignatureVerdict['timeSource']
  readonly path?: PathResult
}

export interface Proving {
  readonly question: PdfQuestion
  readonly store: SecurityStore
  /** Document time stamps that hold, by the revision they cover. */
  readonly stamps: readonly { readonly revision: number; readonly at: Date }[]
}

/** V51: a time stamp over the whole revision. */
export function proveTimeStamp(
  { token, examination }: Inspection,
  digest: Buffer,
  { question, store }: Proving,
): Proof {
  if (!token) return { timeSource: 'now' }
  const { trust } = question
  const full = trust && trustWith(trust, store, [token.signed])
  const stamp = judgeStamp(token, () => digest, { ...question, trust: full, store })
  examination.add(stamp.result.checks)
  const { code, rule, detail = 'time stamp', certificate } = stamp.result
  if (!isIntact(stamp)) examination.refuse(new Refusal(code === 'OK' ? 'TIMESTAMP_INVALID' : code, rule, detail))
  const provenAt = stamp.result.verdict === 'VALID' ? token.genTime : undefined
  return { certificate, stamp, provenAt, timeSource: 'now', ...(trust && { path: stamp.result.path }) }
}

/** V13 to V20, V52, V58, then the times, then the path (V25 to V46). */
export async function proveSignature(
  { cms, examination, found, coverage }: Inspection,
  digest: Buffer,
  proving: Proving,
): Promise<Proof> {
  if (!cms) return { timeSource: 'now' }
  const { question, store } = proving
  const math = { cms, subFilter: found.subFilter, digest: (_: HashName) => digest, certificates: store.certificates }
  const { code, rule, detail = 'signature', certificate, checks } = checkSigner(math)
  examination.add(checks.filter(({ passed }) => passed))
  if (code !== 'OK') examination.refuse(new Refusal(code, rule, detail))

  const trust = question.trust && trustWith(question.trust, store, [cms.signed])
  const stamp = await examination.attempt(() => signatureStamp(cms.signer, trust, proving))
  if (stamp && !isIntact(stamp)) {
    examination.refuse(new Refusal('TIMESTAMP_INVALID', stamp.result.rule, stamp.result.detail ?? 'time stamp'))
  }
  const time = provenTime(stamp, coverage?.revision ?? 0, proving)
  if (code !== 'OK' || !certificate || !trust) return { certificate, stamp, ...time }
  const intermediates = [...cms.signed.certificates, ...store.certificates]
  return {
    certificate,
    stamp,
    ...time,
    path: pathOf(certificate, intermediates, time.provenAt, { ...question, trust }),
  }
}

/** The first stamp over the signature's value; every one that is there must hold. @throws Refusal */
function signatureStamp(
  { timeStampTokens, signature }: NonNullable<Inspection['cms']>['signer'],
  trust: Trust | undefined,
  { question, store }: Proving,
): JudgedStamp | undefined {
  const judged = timeStampTokens.map(token => judgeSignatureStamp(token, signature, { ...question, trust, store }))
  return judged.find(stamp => !isIntact(stamp)) ?? judged.find(({ result }) => result.verdict === 'VALID') ?? judged[0]
}

/** The earliest moment at which the signature is known to have existed (V53). */
function provenTime(
  stamp: JudgedStamp | undefined,
  revision: number,
  { stamps }: Proving,
): Pick<Proof, 'provenAt' | 'timeSource'> {
  const own = stamp?.result.verdict === 'VALID' ? stamp.token.genTime : undefined
  const over = stamps.filter(each => each.revision >= revision).map(({ at }) => at)
  const [earliest] = over.sort((one, other) => one.getTime() - other.getTime())
  if (own && (!earliest || own <= earliest)) return { provenAt: own, timeSource: 'signature-time-stamp' }
  return earliest ? { provenAt: earliest, timeSource: 'document-time-stamp' } : { timeSource: 'now' }
}
