import type { VerdictWord, VerificationCode } from '@docaxis/errors'
import type { AlgorithmEnds } from '../algorithm-ends.ts'
import type { OcspResponse } from '../ocsp/types.ts'
import type { Certificate, Crl, GeneralName } from '../types.ts'
import type { Window } from './window.ts'

/** What administrators may trust an anchor for (V25). */
export type AnchorPurpose = 'seal' | 'official' | 'tls' | 'tsa' | 'ocsp'

/** Names below an anchor or authority: subtrees of RFC 5280 section 4.2.1.10. */
export interface NameSubtrees {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

/** A configured trust anchor with limits of its own (V25, RFC 5937). They come on top of those its certificate states. */
export interface Anchor {
  readonly certificate: Certificate
  readonly purposes: ReadonlySet<AnchorPurpose>
  /** Trusted from this moment on, and until that one, both inclusive; absent: as its certificate says. */
  readonly validFrom?: Date
  readonly validTo?: Date
  readonly permittedNames?: readonly GeneralName[]
  readonly excludedNames?: readonly GeneralName[]
}

/**
 * What the hub trusts at one moment. Made by `createTrust` and never changed: new anchors or lists make a new one, so
 * whatever was worked out for it may be kept as long as it is.
 */
export interface Trust {
  readonly anchors: readonly Anchor[]
  /** Issuing certificates known to the hub; those of a message come on top. */
  readonly intermediates: readonly Certificate[]
  /** Lists under an issuer key (see `issuerKey`). */
  readonly crls: (issuerKey: string) => readonly Crl[]
  /** OCSP responses that speak of a certificate (see `ocspKey`). */
  readonly ocsp: (ocspKey: string) => readonly OcspResponse[]
  /** Every list and response, for whoever hands the trust to another thread. */
  readonly all: { readonly crls: readonly Crl[]; readonly ocsp: readonly OcspResponse[] }
  /** How long each algorithm counts (V21). */
  readonly algorithmEnds: AlgorithmEnds
}

/**
 * What the certificate is to be good for.
 *
 * `seal`, `official`: signing documents for an agency, or as its official (V34, V35); `document`: either;
 * `tsa`: signing time stamps (RFC 3161 section 2.3); `ocsp`: answering for an authority (RFC 6960 section 4.2.2.2);
 * `crl`: signing revocation lists (V30); `any`: whatever RFC 5280 section 6 itself asks, and no more.
 */
export type Purpose = 'seal' | 'official' | 'document' | 'any' | 'tsa' | 'ocsp' | 'crl'

/**
 * `required`: without an answer on every certificate nothing is VALID. `if-available`: data that is missing or stale is
 * passed over and said so. `none`: nobody looks, and the checks say so.
 */
export type RevocationMode = 'required' | 'if-available' | 'none'

/** Inputs of RFC 5280 section 6.1.1 (c) and (e) to (g). */
export interface PolicyQuestion {
  /** Acceptable policies, dotted; any-policy (2.5.29.32.0) accepts all. */
  readonly initial: readonly string[]
  readonly explicit: boolean
  readonly inhibitMapping: boolean
  readonly inhibitAny: boolean
}

export interface PathQuestion {
  readonly certificate: Certificate
  /** Unordered, from the message. */
  readonly intermediates: readonly Certificate[]
  readonly trust: Trust
  /** The judged time. */
  readonly at: Date
  /**
   * Moment before `at` at which the signature is proven to have existed (V53): what was revoked only later does not undo
   * it, unless the key itself was lost (V46).
   */
  readonly signedAt?: Date
  /**
   * Moment at which algorithms and sizes of keys are judged (V21), where it is another: a time stamp counts as long as
   * nobody can make it up. Default: `signedAt`, else `at`. For the purpose `any` nobody asks.
   */
  readonly algorithmsAt?: Date
  readonly purpose: Purpose
  /** Default: `required`. */
  readonly revocation?: RevocationMode
  /** Default: any policy, nothing inhibited. */
  readonly policy?: PolicyQuestion
  /** A list older than this does not count, whatever its nextUpdate says (V41). */
  readonly maxCrlAgeHours?: number
  /**
   * Computes what old data says by RFC 5280 and RFC 6960 alone: signatures made with SHA-1 and RSA keys from
   * 1024 bits count, and encodings are not judged (without V14, V38 and half of V17). Such a verdict proves nothing any more; the hub itself never asks so.
   */
  readonly outdated?: boolean
}

/** One rule that was applied, in the order of application. */
export interface PathCheck {
  /** `V26`, `V38`, … */
  readonly rule: string
  readonly passed: boolean
  readonly detail: string
}

/** A path that was tried and why it does not hold. */
export interface FailedPath {
  /** Leaf first. */
  readonly path: readonly Certificate[]
  readonly code: VerificationCode
  readonly rule: string
  readonly detail: string
}

export interface PathResult {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  /** The rule that decided; `-` when VALID. */
  readonly rule: string
  readonly detail?: string
  readonly checks: readonly PathCheck[]
  /** Leaf first, anchor last; as far as it was built. */
  readonly path: readonly Certificate[]
  /** Lists that were used. */
  readonly crls: readonly Crl[]
  /** OCSP responses that were used. */
  readonly ocsp: readonly OcspResponse[]
  /** Other paths that were tried before, and what each failed by. */
  readonly others: readonly FailedPath[]
  /** Policies the path is valid for, dotted (RFC 5280 section 6.1.6); empty unless VALID. */
  readonly policies: readonly string[]
  /** While VALID: the answer stays the same from `from` to `until`, both inclusive, under the same trust. */
  readonly holds?: Window
}
