import type { ConfiguredEnds } from '../algorithm-ends.ts'
import type { Outcome, Scope } from '../signed-xml/verdict.ts'
import type { CertificateSummary } from '../verdict.ts'
import type { Change, PdfProfile } from './changes/types.ts'
import type { HubStandings } from './hub-standings.ts'

/** What nobody was asked: no text may call a document simply valid while any of these is open (V62). */
export type PdfNotChecked = 'signer' | 'path' | 'revocation' | 'time-stamp' | 'signing-time' | 'agency' | 'content'

/** `signature` by somebody; `time-stamp` over the whole revision (ETSI.RFC3161). */
export type PdfSignatureKind = 'signature' | 'time-stamp'

/** By whom, as the certificate says. */
export interface PdfSigner {
  /** `agency`: the certificate names no person; `official`: it names one; `unknown`: it may be either. */
  readonly kind: 'agency' | 'official' | 'unknown'
  readonly name?: string
  readonly position?: string
  readonly organization?: string
  readonly identifier?: string
}

/** What a signature is for in a Vietnamese document (Decree 30/2020). */
export type PdfSignatureRole =
  | 'official'
  | 'seal'
  | 'digitised-copy'
  | 'certified-copy'
  | 'appendix'
  | 'incoming-mark'
  | 'time-stamp'
  | 'signer'

/** What the document is as a whole. */
export type PdfDocumentRole =
  | 'issued'
  | 'sealed'
  | 'signed-by-official'
  | 'digitised-copy'
  | 'certified-copy'
  | 'appendix'
  | 'received'
  | 'signed'

/** The verdict on one signature, as told by itself (V61). Plain JSON. */
export interface PdfSignatureVerdict extends Outcome {
  readonly kind: PdfSignatureKind
  /** Name of its form field; absent when none names it. */
  readonly field?: string
  readonly subFilter?: string
  /** It covers every byte of the file but its own value. */
  readonly coversDocument: boolean
  /** Index of the revision it ends; absent when it covers none rightly. */
  readonly revision?: number
  /** Of the covered bytes, with the digest of the signature; lower-case hex. */
  readonly digest?: string
  readonly digestAlgorithm?: string
  readonly certificate?: CertificateSummary
  readonly signer?: PdfSigner
  readonly role: PdfSignatureRole
  /** The signer's own word, RFC 3339 (V49). */
  readonly claimedAt?: string
  /** By a time stamp under a trusted authority, RFC 3339. */
  readonly provenAt?: string
  /** Moment the certificate was judged at, RFC 3339, and where it comes from (V53). */
  readonly judgedAt: string
  readonly timeSource: 'signature-time-stamp' | 'document-time-stamp' | 'now'
  readonly reason?: string
  readonly location?: string
  /** Where the signature shows: page from 1 on, and the corner of it. */
  readonly place?: PdfPlace
  /** P of DocMDP, when it certifies the document. */
  readonly certifies?: 1 | 2 | 3
  readonly changesAfter: readonly Change[]
  /** SHA-256 of each certificate of the path used, leaf first, and of each list and response used. */
  readonly path?: readonly string[]
  readonly crls?: readonly string[]
  readonly ocsp?: readonly string[]
}

export interface PdfPlace {
  readonly page: number
  readonly corner: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right'
}

export interface PdfRevisionFacts {
  /** Bytes of the file up to its end. */
  readonly end: number
  /** Indexes of the signatures that end it. */
  readonly signatures: readonly number[]
  /** What it changed of the revision before; absent before the first signature, where nobody looked. */
  readonly changes?: readonly Change[]
}

/** The verdict on one PDF with all its signatures. Plain JSON. */
export interface PdfVerdict extends Outcome {
  readonly scope: Scope
  readonly profile: PdfProfile
  readonly notChecked: readonly PdfNotChecked[]
  /** In the order of signing. */
  readonly signatures: readonly PdfSignatureVerdict[]
  readonly revisions: readonly PdfRevisionFacts[]
  readonly role?: PdfDocumentRole
  /** JavaScript, launching, files inside, … (V60), each named once. */
  readonly activeContent: readonly string[]
  /** RFC 3339; the `at` of the question. */
  readonly judgedAt: string
  readonly algorithmEnds?: ConfiguredEnds
  /** Present where the hub's own register says something against a signer. */
  readonly hubStandings?: HubStandings
  readonly ruleSet: string
}
