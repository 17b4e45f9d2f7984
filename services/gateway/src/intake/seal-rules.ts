import type { Envelope } from '@docaxis/edxml'
import { type Finding, finding } from '@docaxis/errors'
import type { Clock, TrustSource } from '@docaxis/service'
import {
  decideBySignature,
  evidenceOf,
  judgeSeal,
  type SealIntegrity,
  type SealVerdict,
  type SignaturePolicy,
} from '@docaxis/signature'
import type { NewEvidence } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { Lookups } from './lookups.ts'

export interface SealCheck {
  readonly seal: SealVerdict
  readonly findings: readonly Finding[]
  /** Policy asks for a valid signature and data to decide are missing now. */
  readonly unproven: boolean
  /** What the verdict rests on. */
  readonly evidence: readonly NewEvidence[]
}

export interface SealRuleQuestion {
  readonly caller: Caller
  readonly envelope: Envelope
  /** Whether the signature computes. */
  readonly integrity: SealIntegrity
  /** Directory code of the sender; absent when the caller may not send for it, and nothing is bound to it then. */
  readonly sender: string | undefined
  readonly at: Date
}

/** Judges the seal and asks the sending system's policy what becomes of the verdict (edXML 10.3). */
export async function checkSeal(
  { lookups, trust, clock }: { readonly lookups: Lookups; readonly trust: TrustSource; readonly clock: Clock },
  question: SealRuleQuestion,
): Promise<SealCheck> {
  const { caller, envelope, integrity, at } = question
  const senderCode = question.sender ?? envelope.sender.agencyCode
  let evidence: readonly NewEvidence[] = []
  const seal = await judgeSeal(integrity, {
    senderCode,
    holderOf: certificateSha256 => lookups.certificateHolder(certificateSha256, senderCode),
    trust: await trust.current(),
    at,
    timeFault: clock.fault(),
    onPath: path => {
      evidence = evidenceOf(path)
    },
  })
  return { seal, evidence, ...judge(policyFor(caller, envelope), seal) }
}

export function policyFor(caller: Caller, envelope: Envelope): SignaturePolicy {
  return envelope.kind === 'status' ? caller.statusPolicy : caller.signaturePolicy
}

function judge(policy: SignaturePolicy, seal: SealVerdict): Pick<SealCheck, 'findings' | 'unproven'> {
  switch (decideBySignature(policy, seal)) {
    case 'refuse':
      return { findings: [finding('CheckSignature', { path: 'Signature' }), reason(seal, 'error')], unproven: false }
    case 'later':
      return { findings: [reason(seal, 'error')], unproven: true }
    case 'accept':
      // A broken signature is let through by policy only; the receiver and the alarm still see it.
      return { findings: seal.state === 'invalid' ? [reason(seal, 'warning')] : [], unproven: false }
  }
}

function reason(seal: SealVerdict, severity: Finding['severity']): Finding {
  const details = { rule: seal.rule, ...(seal.detail !== undefined && { detail: seal.detail }) }
  return finding(seal.code, { path: 'Signature', severity, details })
}
