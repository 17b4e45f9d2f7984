import { type Fault, outdatedSignatureFault, signatureFault } from '../algorithms.ts'
import type {
  Anchor,
  Certificate,
  PathQuestion,
  PathResult,
  PolicyQuestion,
  Purpose,
  RevocationMode,
  Trust,
} from '../types.ts'
import { type AlgorithmWatch, watchAlgorithms } from './algorithm-watch.ts'
import { type Authorities, authoritiesOf } from './authorities.ts'
import { anyPolicyQuestion } from './policy-walk.ts'
import { serves } from './usage-rules.ts'

/**
 * What one question may cost (V36). Counted, never timed: the same question gives the same answer on any machine. A
 * hundred signatures of the largest keys allowed take less than a second.
 */
const maxSignatures = 100
/** Comparisons of names and policies. */
const maxSteps = 250_000

export interface Budget {
  /** Counts steps; false when there are none left. */
  readonly take: (steps: number) => boolean
  readonly isSpent: () => boolean
  /** A signature by its issuer's key; each pair is counted once, whatever was known of it before. */
  readonly signature: (signed: Signed, issuer: Certificate) => Fault | undefined
}

/** A certificate, list or OCSP response; only the first has a subject. */
type Signed = Pick<Certificate, 'sha256' | 'signature'> & Partial<Pick<Certificate, 'subject' | 'basicConstraints'>>

/** One question while it is answered: shared by the path, its lists and the signers of these. */
export interface Search {
  readonly trust: Trust
  readonly authorities: Authorities
  /** Anchors that count, by the SHA-256 of their certificates. */
  readonly anchors: ReadonlyMap<string, Anchor>
  readonly at: Date
  /** Revocations after it do not count; `at` where nothing proves an earlier moment. */
  readonly signedAt: Date
  readonly algorithms: AlgorithmWatch
  readonly purpose: Purpose
  readonly revocation: RevocationMode
  readonly policy: PolicyQuestion
  readonly maxCrlAgeHours?: number
  /** Without V14 and V38, and with small keys. */
  readonly outdated: boolean
  readonly budget: Budget
  /** SHA-256 of list signers being checked: a signer cannot vouch for itself. */
  readonly openSigners: ReadonlySet<string>
  /** Paths of list signers that were judged already in this search. */
  readonly signers: Map<string, PathResult>
  /** Path of somebody who signs revocation data, in the same search and under one anchor. */
  readonly validateSigner: (signer: Certificate, search: Search) => PathResult
}

export function createSearch(question: PathQuestion, validateSigner: Search['validateSigner']): Search {
  const {
    trust,
    at,
    purpose,
    intermediates,
    maxCrlAgeHours,
    signedAt = at,
    algorithmsAt = signedAt,
    outdated = false,
  } = question
  const anchors = trust.anchors.filter(({ purposes }) => serves(purposes, purpose))
  return {
    trust,
    authorities: authoritiesOf(trust, intermediates),
    anchors: new Map(anchors.map(anchor => [anchor.certificate.sha256, anchor])),
    at,
    signedAt,
    algorithms: watchAlgorithms(purpose === 'any' ? {} : trust.algorithmEnds, algorithmsAt),
    purpose,
    revocation: question.revocation ?? 'required',
    policy: question.policy ?? anyPolicyQuestion,
    ...(maxCrlAgeHours !== undefined && { maxCrlAgeHours }),
    outdated,
    budget: createBudget(outdated ? outdatedFault : knownSignatureFault),
    openSigners: new Set(),
    signers: new Map(),
    validateSigner,
  }
}

const tooMany: Fault = { code: 'PATH_NOT_FOUND', rule: 'V36', detail: 'too many signatures to check' }

function createBudget(signatureFault: Budget['signature']): Budget {
  const answers = new Map<string, Fault | undefined>()
  let steps = 0
  let isSpent = false
  return {
    take: more => {
      steps += more
      isSpent ||= steps > maxSteps
      return !isSpent
    },
    isSpent: () => isSpent,
    signature: (signed, issuer) => {
      const pair = `${signed.sha256}${issuer.sha256}`
      if (answers.has(pair)) return answers.get(pair)
      if (answers.size >= maxSignatures) {
        isSpent = true
        return tooMany
      }
      const fault = signatureFault(signed, issuer)
      answers.set(pair, fault)
      return fault
    },
  }
}

function outdatedFault({ signature }: Signed, issuer: Certificate): Fault | undefined {
  return outdatedSignatureFault(signature, issuer)
}

const judged = new WeakMap<Signed, Map<string, Fault | undefined>>()

/**
 * Authorities and lists come again with every certificate below them, and never change. What is said of others is not
 * kept: there are too many of them.
 */
function knownSignatureFault(signed: Signed, issuer: Certificate): Fault | undefined {
  if (signed.subject && !signed.basicConstraints?.ca) return signatureFault(signed.signature, issuer)
  const known = judged.get(signed) ?? new Map<string, Fault | undefined>()
  judged.set(signed, known)
  if (!known.has(issuer.sha256)) known.set(issuer.sha256, signatureFault(signed.signature, issuer))
  return known.get(issuer.sha256)
}
