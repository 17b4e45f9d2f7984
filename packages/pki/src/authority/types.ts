import type { KeyObject } from 'node:crypto'
import type { Certificate, Extension, KeyUsage, RevocationReason } from '../types.ts'

export type KeyType = 'rsa' | 'ec' | 'p384' | 'p521' | 'ed25519'

export interface SubjectName {
  readonly commonName: string
  readonly organization?: string
  readonly organizationalUnit?: string
  readonly locality?: string
  /** Position of a person. */
  readonly title?: string
  /** Two letters. */
  readonly country?: string
  readonly emailAddress?: string
}

export interface Issued {
  readonly certificate: Certificate
  readonly certificatePem: string
  /** Absent when only a public key was handed in. */
  readonly privateKey?: KeyObject
  /** PKCS#8; absent when only a public key was handed in. */
  readonly privateKeyPem?: string
}

/** A certificate with its key. */
export interface Identity extends Issued {
  readonly privateKey: KeyObject
  readonly privateKeyPem: string
}

export interface CertificateWish {
  /** May be empty beside critical alternative names (RFC 5280 section 4.1.2.6). */
  readonly subject: Partial<SubjectName>
  /** `rsa` 2048 bits, `ec` P-256; ignored when a key is handed in. */
  readonly keyType?: KeyType
  /** Certify this key instead of making one. */
  readonly publicKeyPem?: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly keyUsage?: readonly KeyUsage[]
  /** Dotted object identifiers. */
  readonly extendedKeyUsage?: readonly string[]
  /** Extensions as they are, beside those that the other wishes make. */
  readonly extensions?: readonly Extension[]
  readonly ca?: boolean
  readonly pathLength?: number
  /** Hex; random of 16 octets when absent. */
  readonly serial?: string
}

export interface RevokedWish {
  readonly serial: string
  readonly at: Date
  readonly reason?: RevocationReason
  /** The certificate's issuer, in an indirect list; entries behind it are about the same. */
  readonly issuer?: Partial<SubjectName>
}

export interface CrlWish {
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly revoked: readonly RevokedWish[]
  readonly number: number
  /** Number of the complete list that this one is a delta to. */
  readonly base?: number
  /** Extensions as they are, beside those that the other wishes make. */
  readonly extensions?: readonly Extension[]
}

export interface AuthorityWish {
  readonly name: string | Partial<SubjectName>
  /** Continue with this key and certificate; both or none. */
  readonly keyPem?: string
  readonly certificatePem?: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly keyType?: KeyType
  readonly pathLength?: number
  readonly extensions?: readonly Extension[]
}

export interface Authority {
  readonly certificate: Certificate
  readonly certificatePem: string
  readonly privateKeyPem: string
  /** Issues a certificate; with `publicKeyPem` only the certificate, else also the new key. */
  readonly issue: (wish: CertificateWish) => Promise<Issued>
  /** Like `issue`, always with a new key. */
  readonly issueIdentity: (wish: Omit<CertificateWish, 'publicKeyPem'>) => Promise<Identity>
  /** A certificate authority below this one. */
  readonly issueAuthority: (wish: Omit<AuthorityWish, 'keyPem' | 'certificatePem'>) => Promise<Authority>
  /** A signed list, DER. */
  readonly crl: (wish: CrlWish) => Buffer
}
