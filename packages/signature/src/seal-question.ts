import type { PathResult, Trust } from '@docaxis/pki'

/** "The holder may seal for the sender", recorded in the directory. */
export interface Mandate {
  readonly id: string
  readonly kind: 'seal' | 'transport'
  readonly validFrom: Date
  /** Absent: until further notice. The mandate ends at this instant. */
  readonly validTo?: Date
}

/** The hub's own decisions about a certificate, whatever its authority says. */
export interface CertificateStanding {
  /** Until it is resumed. */
  readonly suspended?: { readonly at: Date; readonly reason: string }
  /** `reason`: a CRLReason of RFC 5280 section 5.3.1. */
  readonly revoked?: { readonly from: Date; readonly reason: string }
}

/** What the directory knows of one certificate. */
export interface CertificateHolder {
  /** Agency or center the certificate is bound to. */
  readonly holderCode: string
  /** Mandates from the sender to the holder, whatever their dates; empty when the holder is the sender. */
  readonly mandates?: readonly Mandate[]
  readonly standing?: CertificateStanding
}

export interface SealQuestion {
  /** Directory code of the agency in From, resolved. */
  readonly senderCode: string
  /** Who holds the certificate (SHA-256 of its DER, lower-case hex); undefined when the directory does not know it. */
  readonly holderOf: (certificateSha256: string) => Promise<CertificateHolder | undefined>
  readonly trust: Trust
  /** The hub's receipt time. */
  readonly at: Date
  /** Why `at` cannot be trusted (V54): what does not depend on it is judged, the rest waits. */
  readonly timeFault?: string
  /** Told of the path that the verdict rests on, whose bytes are kept as evidence (V47). */
  readonly onPath?: (path: PathResult) => void
}
