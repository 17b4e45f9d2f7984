import type { Finding } from '@docaxis/errors'
import type { Envelope, Profile } from './model.ts'

/** Limits of one packet (edXML 2.1 rule 10 and 7.4). Sizes in bytes. */
export interface EnvelopeLimits {
  readonly maxEnvelopeBytes: number
  /** The packet without its encoded files, in canonical form: what is held in memory. */
  readonly maxSkeletonBytes: number
  readonly maxDepth: number
  readonly maxElements: number
  readonly maxAttributes: number
  readonly maxTextBytes: number
  readonly maxReceivers: number
  readonly maxAttachments: number
  /** One file, unwrapped. */
  readonly maxFileBytes: number
  readonly maxUnwrappedBytes: number
  readonly maxRatio: number
}

export interface ReadOptions {
  readonly profile: Profile
  /** The hub's receive time: "in the future" is judged against it, in Asia/Ho_Chi_Minh. */
  readonly receivedAt: Date
  readonly limits?: Partial<EnvelopeLimits>
}

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512'

/**
 * What the signature check needs, cut out by the one parse that also gave the model: nothing reads the bytes again.
 * Canonical forms are Exclusive XML Canonicalization 1.0 without comments, UTF-8.
 */
export interface SignatureMaterial {
  /** Elements named `Signature` in `http://www.w3.org/2000/09/xmldsig#` in the whole packet. */
  readonly count: number
  /** A `Signature` or `DigitalSignature` block in the QCVN namespace with content: not an XML signature. */
  readonly legacyBlock: boolean
  /** `header-last`: child of edXMLHeader and its last element. */
  readonly place: 'none' | 'header-last' | 'elsewhere'
  /** Comments or processing instructions inside the Signature element. */
  readonly hasComments: boolean
  /** Values that occur more than once over Id, ID, id, xml:id and wsu:Id together, in the whole packet. */
  readonly duplicateIds: readonly string[]
  /** Canonical form of the first Signature element; empty when there is none. */
  readonly element: Buffer
  /** Canonical form of its first SignedInfo, in the packet's name space context; empty when there is none. */
  readonly signedInfo: Buffer
  /**
   * Digest of the canonical packet without its Signature element: what Reference URI="" with the two transforms covers.
   *
   * @throws Error for an algorithm that the Signature does not name, where the packet was too large to keep
   */
  readonly digest: (algorithm: DigestAlgorithm) => Buffer
}

/** What one read of a packet gives. */
export interface EnvelopeReading {
  /** In document order, at most 50. Refused when any has severity `error`. */
  readonly findings: readonly Finding[]
  /** Absent when the packet is not readable XML of a known dialect or lacks what a model must have. */
  readonly envelope?: Envelope
  readonly stateSecret: boolean
  /** Absent when the XML could not be read. */
  readonly signature?: SignatureMaterial
  /** Digests by which a rebuilt file is recognised as a repeat (edXML 9.1); absent without an envelope, or undecoded. */
  readonly sameness?: {
    /** SHA-256 (hex) over the header model without trace times. */
    readonly headerDigest: string
    /** SHA-256 (hex) over the unwrapped attachments' hashes, in order. */
    readonly attachmentsDigest: string
  }
}

/** `readEnvelope(bytes, options)`: the one function through which outside bytes are parsed. It never throws for bad input. */
export type ReadEnvelope = (bytes: Uint8Array, options: ReadOptions) => EnvelopeReading
