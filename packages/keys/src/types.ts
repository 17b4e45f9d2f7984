import type { Certificate } from '@docaxis/pki'

/** Where a key is. Paths are absolute. */
export type KeySource = FileSource | Pkcs11Source

export interface FileSource {
  readonly kind: 'file'
  /** PEM, or PKCS#12 in DER. */
  readonly keyFile: string
  /** File whose first line is the password. */
  readonly passwordFile?: string | undefined
  /** PEM or DER; may be left out with PKCS#12, which holds it. */
  readonly certFile?: string | undefined
}

export interface Pkcs11Source {
  readonly kind: 'pkcs11'
  /** Library of the token's maker. */
  readonly module: string
  readonly tokenLabel: string
  readonly keyLabel: string
  /** File whose first line is the PIN. */
  readonly pinFile: string
  /** PEM or DER. */
  readonly certFile: string
}

/** A key that signs, wherever it is. */
export interface SigningKey {
  readonly certificate: Certificate
  /**
   * Signs with SHA-256: RSA as of PKCS #1 v1.5; ECDSA as r‖s, each as long as the order (RFC 4050, XML Signature).
   * Several may be under way at once.
   *
   * @throws KeyFault when the token refuses or is gone
   */
  readonly sign: (data: Buffer) => Promise<Buffer>
  /** Gives sessions of a token back. */
  readonly close: () => Promise<void>
}
