import { type Fault, signatureFault } from '../algorithms.ts'
import type {
  Anchor,
  Certificate,
  PathQuestion,
  PathResult,
  PolicyQuestion,
  Purpose,
  RevocationMode,
  SignatureParts,
  Trust,
} from '../types.ts'
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

/** A certificate or list. */
interface Signed {
  readonly sha256: string
  readonly signature: SignatureParts
}

/** One question while it is answered: shared by the path, its lists and the signers of these. */
export interface Search {
  readonly trust: Trust
  readonly authorities: Authorities
  /** Anchors that count, by the SHA-256 of their certificates. */
  readonly anchors: ReadonlyMap<string, Anchor>
  readonly at: Date
  readonly purpose: Purpose
  readonly revocation: RevocationMode
  readonly policy: PolicyQuestion
  readonly maxCrlAgeHours?: number
  readonly budget: Budget
  /** SHA-256 of list signers being checked: a signer cannot vouch for itself. */
  readonly openSigners: ReadonlySet<string>
  /** Paths of list signers that were judged already in this search. */
  readonly signers: Map<string, PathResult>
  /** Path of somebody who signs revocation data, in the same search and under one anchor. */
  readonly validateSigner: (signer: Certificate, search: Search) => PathResult
}

export function createSearch(question: PathQuestion, validateSigner: Search['validateSigner']): Search {
  const { trust, at, purpose, intermediates, maxCrlAgeHours } = question
  const anchors = trust.anchors.filter(({ purposes }) => serves(purposes, purpose))
  return {
    trust,
    authorities: authoritiesOf(trust, intermediates),
    anchors: new Map(anchors.map(anchor => [anchor.certificate.sha256, anchor])),
    at,
    purpose,
    revocation: question.revocation ?? 'required',
    policy: question.policy ?? anyPolicyQuestion,
    ...(maxCrlAgeHours !== undefined && { maxCrlAgeHours }),
    budget: createBudget(),
    openSigners: new Set(),
    signers: new Map(),
    validateSigner,
  }
}

const tooMany: Fault = { code: 'PATH_NOT_FOUND', rule: 'V36', detail: 'too many signatures to check' }

function createBudget(): Budget {
  const counted = new Set<string>()
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
      if (!counted.has(pair) && counted.size >= maxSignatures) {
        isSpent = true
        return tooMany
      }
      counted.add(pair)
      return knownSignatureFault(signed, issuer)
    },
  }
}

const judged = new WeakMap<SignatureParts, WeakMap<Certificate, { readonly fault: Fault | undefined }>>()

/** Certificates and lists never change, so neither does what their signatures say. */
function knownSignatureFault({ signature }: Signed, issuer: Certificate): Fault | undefined {
  const byIssuer = judged.get(signature) ?? new WeakMap()
  judged.set(signature, byIssuer)
  const known = byIssuer.get(issuer) ?? { fault: signatureFault(signature, issuer) }
  byIssuer.set(issuer, known)
  return known.fault
}
