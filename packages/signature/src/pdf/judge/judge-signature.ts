import {
  algorithmsOfSigner,
  type Certificate,
  endedFault,
  type HashName,
  type PathResult,
  type Trust,
} from '@docaxis/pki'
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
  { token, examination, coverage }: Inspection,
  digest: Buffer,
  { question, store, stamps }: Proving,
): Proof {
  if (!token) return { timeSource: 'now' }
  const { trust } = question
  const full = trust && trustWith(trust, store, [token.signed])
  const later = earliest(stamps.filter(({ revision }) => revision > (coverage?.revision ?? 0)))
  const stamp = judgeStamp(token, () => digest, { ...question, trust: full, store, provenAt: later })
  examination.add(stamp.result.checks)
  const { code, rule, detail = 'time stamp', certificate } = stamp.result
  if (!isIntact(stamp)) examination.refuse(new Refusal(code === 'OK' ? 'TIMESTAMP_INVALID' : code, rule, detail))
  const provenAt = stamp.result.verdict === 'VALID' ? token.genTime : undefined
  return { certificate, stamp, provenAt, timeSource: 'now', ...(trust && { path: stamp.result.path }) }
}

/** V13 to V20, V52, V58, then the times, then whether algorithms still counted (V21), then the path (V25 to V46). */
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
  const revision = coverage?.revision ?? 0
  const stamp = await examination.attempt(() => signatureStamp(cms.signer, trust, revision, proving))
  if (stamp && !isIntact(stamp)) {
    examination.refuse(new Refusal('TIMESTAMP_INVALID', stamp.result.rule, stamp.result.detail ?? 'time stamp'))
  }
  const time = provenTime(stamp, revision, proving)
  if (code !== 'OK' || !certificate || !trust) return { certificate, stamp, ...time }
  const names = algorithmsOfSigner({ signer: cms.signer, certificate })
  const ended = endedFault(names, time.provenAt ?? question.at, trust.algorithmEnds)
  if (ended) examination.refuse(new Refusal(ended.code, ended.rule, ended.detail))
  else examination.add([{ rule: 'V21', passed: true, detail: `counted at that time: ${names.join(', ')}` }])
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
  revision: number,
  { question, store, stamps }: Proving,
): JudgedStamp | undefined {
  const asked = { ...question, trust, store, provenAt: earliest(stampsOver(revision, stamps)) }
  const judged = timeStampTokens.map(token => judgeSignatureStamp(token, signature, asked))
  return judged.find(stamp => !isIntact(stamp)) ?? judged.find(({ result }) => result.verdict === 'VALID') ?? judged[0]
}

/** The earliest moment at which the signature is known to have existed (V53). */
function provenTime(
  stamp: JudgedStamp | undefined,
  revision: number,
  { stamps }: Proving,
): Pick<Proof, 'provenAt' | 'timeSource'> {
  const own = stamp?.result.verdict === 'VALID' ? stamp.token.genTime : undefined
  const over = earliest(stampsOver(revision, stamps))
  if (own && (!over || own <= over)) return { provenAt: own, timeSource: 'signature-time-stamp' }
  return over ? { provenAt: over, timeSource: 'document-time-stamp' } : { timeSource: 'now' }
}

function stampsOver(revision: number, stamps: Proving['stamps']): Proving['stamps'] {
  return stamps.filter(stamp => stamp.revision >= revision)
}

function earliest(stamps: Proving['stamps']): Date | undefined {
  const [first] = stamps.map(({ at }) => at).sort((one, other) => one.getTime() - other.getTime())
  return first
}
