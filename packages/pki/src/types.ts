import type { KeyObject } from 'node:crypto'

export type * from './ocsp/types.ts'
export type * from './path/types.ts'

/** Bits of the keyUsage extension (RFC 5280 section 4.2.1.3) by their names there. */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

/** One extension of a certificate, list or OCSP response (RFC 5280 section 4.2). */
export interface Extension {
  /** Dotted object identifier. */
  readonly id: string
  readonly critical: boolean
  /** Content of extnValue. */
  readonly value: Buffer
}

/** A distinguished name. */
export interface Name {
  readonly der: Buffer
  /** RFC 4514 text, most specific part first. */
  readonly text: string
  /** Equal for names that match by the rules of RFC 5280 section 7.1: case, white space and string types apart. */
  readonly key: string
  /** The parts of `key`, in the order written: relative distinguished names in comparable form. */
  readonly rdns: readonly string[]
  /** Attributes in the order written; `type` is a short name (`CN`, `O`) or a dotted object identifier. */
  readonly attributes: readonly { readonly type: string; readonly value: string }[]
}

/** One subtree of a name constraint, or one alternative name: the tag of GeneralName and its content. */
export interface GeneralName {
  /** 1 mail, 2 DNS, 4 directory name, 6 URI, 7 IP address; others are kept and never matched. */
  readonly kind: number
  readonly content: Buffer
}

/** One bit for each of ReasonFlags 1 to 8 (RFC 5280 section 4.2.1.13). */
export type ReasonMask = number

/** Name of a distribution point: in full, or by what hangs below the name of the list's issuer. All comparable text. */
export type PointName =
  | { readonly full: readonly string[]; readonly uris: readonly string[] }
  | { readonly relative: string }

/** DistributionPoint of RFC 5280 section 4.2.1.13. */
export interface DistributionPoint {
  readonly name?: PointName
  readonly reasons: ReasonMask
  /** Who issues the list, where that is not the certificate's own issuer. */
  readonly crlIssuers?: readonly Name[]
}

/** certificatePolicies: dotted object identifiers in the order written. */
export interface CertificatePolicies {
  readonly ids: readonly string[]
  /** Kinds of qualifiers that this reader does not know. */
  readonly unknownQualifiers: readonly string[]
}

/** Policies that an authority takes for equal, by what they are called above it and below it. */
export interface PolicyMapping {
  readonly issuer: string
  readonly subject: string
}

/** Certificates below, not self-issued, from which on a rule holds. */
export interface PolicyConstraints {
  readonly requireExplicit?: number
  readonly inhibitMapping?: number
}

/** An X.509 certificate, read strictly (V38). Immutable; parse once and keep. */
export interface Certificate {
  readonly der: Buffer
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly version: number
  /** Lower-case hex without leading zeros. */
  readonly serial: string
  readonly subject: Name
  readonly issuer: Name
  readonly notBefore: Date
  readonly notAfter: Date
  /** Loaded at first use; throws when node:crypto cannot read it. */
  readonly publicKey: KeyObject
  /** SubjectPublicKeyInfo as written. */
  readonly publicKeyDer: Buffer
  /** Object identifier of the key's algorithm, dotted. */
  readonly keyAlgorithm: string
  /** EC keys: the named curve, dotted; absent when the curve is spelled out or the key is no EC key. */
  readonly namedCurve?: string
  /** Every extension as written, also those read into the fields below. */
  readonly extensions: readonly Extension[]
  /** Absent when the extension is. */
  readonly keyUsage?: ReadonlySet<KeyUsage>
  /** Purposes as dotted object identifiers. */
  readonly extKeyUsage?: readonly string[]
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number }
  /** Lower-case hex. */
  readonly subjectKeyId?: string
  /** Lower-case hex. */
  readonly authorityKeyId?: string
  readonly alternativeNames: readonly GeneralName[]
  readonly nameConstraints?: { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] }
  /** Where lists that speak of it are to be had (cRLDistributionPoints). */
  readonly distributionPoints: readonly DistributionPoint[]
  /** Where deltas are to be had (freshestCRL). */
  readonly freshestPoints: readonly DistributionPoint[]
  readonly policies?: CertificatePolicies
  readonly policyMappings?: readonly PolicyMapping[]
  readonly policyConstraints?: PolicyConstraints
  /** Certificates below it, not self-issued, in which any-policy still counts. */
  readonly inhibitAnyPolicy?: number
  /** Where its issuer's OCSP responder is asked, as written (RFC 5280 section 4.2.2.1). Nobody asks while judging. */
  readonly ocspLocations: readonly string[]
  /** Critical extensions this reader does not process, dotted. */
  readonly unknownCritical: readonly string[]
  /** Readable, but against RFC 5280: serial number out of range, an extension twice (V38). */
  readonly encodingFaults: readonly string[]
  readonly signature: SignatureParts
}

/** What a signature check needs: the signed bytes, the algorithm and the value, cut out of the DER. */
export interface SignatureParts {
  readonly tbs: Buffer
  /** DER of the outer AlgorithmIdentifier. */
  readonly algorithm: Buffer
  /** Inner and outer algorithm are the same bytes (RFC 5280 section 4.1.1.2). */
  readonly algorithmsAgree: boolean
  readonly value: Buffer
}

/** CRLReason names of RFC 5280 section 5.3.1. */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise'

export interface RevokedEntry {
  readonly at: Date
  readonly reason: RevocationReason
}

/** From issuingDistributionPoint (RFC 5280 section 5.2.5): which certificates a list speaks of, and of which reasons. */
export interface CrlScope {
  /** Hex of the extension as written, empty when it is absent: lists with equal text have equal scope. */
  readonly text: string
  /** The one distribution point it covers; absent: all. */
  readonly point?: PointName
  readonly onlyUserCertificates: boolean
  readonly onlyCaCertificates: boolean
  readonly onlyAttributeCertificates: boolean
  readonly reasons: ReasonMask
  /** Its entries may be of certificates that others issued. */
  readonly indirect: boolean
  /** Changes since another list, and of no use without it. */
  readonly delta: boolean
}

/** A certificate revocation list (RFC 5280 section 5). Immutable; parse once and keep. */
export interface Crl {
  readonly der: Buffer
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** Decimal digits of the cRLNumber extension. */
  readonly number?: string
  /** Lower-case hex. */
  readonly authorityKeyId?: string
  /** Number of revoked certificates listed. */
  readonly size: number
  /**
   * The entry of a serial (lower-case hex without leading zeros), if it is listed.
   *
   * @param issuer of the certificate, where the list is an indirect one; default: the issuer of the list
   */
  readonly find: (serial: string, issuer?: Name) => RevokedEntry | undefined
  /** Number of the complete list it builds on: this is a delta (RFC 5280 section 5.2.4). Decimal digits. */
  readonly baseNumber?: string
  /** Where deltas to it are to be had (freshestCRL). */
  readonly freshestPoints: readonly DistributionPoint[]
  readonly scope: CrlScope
  /** Critical extensions of the list or of an entry that this reader does not process, dotted. */
  readonly unknownCritical: readonly string[]
  readonly signature: SignatureParts
}
