export type VerdictWord = 'VALID' | 'INVALID' | 'INDETERMINATE'
/** The four words of edXML for one signature. */
export type SignatureState = 'absent' | 'not-verifiable' | 'invalid' | 'valid'

export interface VerificationRow {
  readonly verdict: VerdictWord
  /** Closest sub-indication of ETSI EN 319 102-1. */
  readonly etsi: string
  readonly state: SignatureState
}

const rows = {
  OK: { verdict: 'VALID', etsi: '-', state: 'valid' },
  FILE_UNREADABLE: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'not-verifiable' },
  NOT_SIGNED: { verdict: 'INVALID', etsi: 'NO_SIGNATURE', state: 'absent' },
  XML_MALFORMED: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'not-verifiable' },
  XML_DOCTYPE_FORBIDDEN: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'not-verifiable' },
  XML_LIMIT_EXCEEDED: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'not-verifiable' },
  SIGNATURE_STRUCTURE: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'not-verifiable' },
  ID_NOT_UNIQUE: { verdict: 'INVALID', etsi: 'SIG_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  REFERENCE_FORBIDDEN: { verdict: 'INVALID', etsi: 'SIG_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  REFERENCE_COVERAGE: { verdict: 'INVALID', etsi: 'SIG_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  TRANSFORM_FORBIDDEN: { verdict: 'INVALID', etsi: 'CRYPTO_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  ALGORITHM_NOT_ALLOWED: { verdict: 'INVALID', etsi: 'CRYPTO_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  KEY_TOO_WEAK: { verdict: 'INVALID', etsi: 'CRYPTO_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  KEY_FORM_FORBIDDEN: { verdict: 'INVALID', etsi: 'CRYPTO_CONSTRAINTS_FAILURE', state: 'not-verifiable' },
  DIGEST_MISMATCH: { verdict: 'INVALID', etsi: 'HASH_FAILURE', state: 'invalid' },
  SIGNATURE_MISMATCH: { verdict: 'INVALID', etsi: 'SIG_CRYPTO_FAILURE', state: 'invalid' },
  SIGNER_CERTIFICATE_MISSING: { verdict: 'INVALID', etsi: 'NO_SIGNING_CERTIFICATE_FOUND', state: 'not-verifiable' },
  SIGNER_AMBIGUOUS: { verdict: 'INVALID', etsi: 'NO_SIGNING_CERTIFICATE_FOUND', state: 'not-verifiable' },
  SIGNER_NOT_SENDER: { verdict: 'INVALID', etsi: 'SIG_CONSTRAINTS_FAILURE', state: 'invalid' },
  PATH_NOT_FOUND: { verdict: 'INDETERMINATE', etsi: 'NO_CERTIFICATE_CHAIN_FOUND', state: 'not-verifiable' },
  PATH_INVALID: { verdict: 'INVALID', etsi: 'CHAIN_CONSTRAINTS_FAILURE', state: 'invalid' },
  CERTIFICATE_EXPIRED: { verdict: 'INVALID', etsi: 'EXPIRED', state: 'invalid' },
  CERTIFICATE_NOT_YET_VALID: { verdict: 'INVALID', etsi: 'NOT_YET_VALID', state: 'invalid' },
  CERTIFICATE_REVOKED: { verdict: 'INVALID', etsi: 'REVOKED', state: 'invalid' },
  CA_REVOKED: { verdict: 'INVALID', etsi: 'REVOKED_CA_NO_POE', state: 'invalid' },
  REVOCATION_UNAVAILABLE: { verdict: 'INDETERMINATE', etsi: 'TRY_LATER', state: 'not-verifiable' },
  REVOCATION_STALE: { verdict: 'INDETERMINATE', etsi: 'TRY_LATER', state: 'not-verifiable' },
  TIME_NOT_TRUSTED: { verdict: 'INDETERMINATE', etsi: 'NO_POE', state: 'not-verifiable' },
  PDF_NOT_FINISHED: { verdict: 'INDETERMINATE', etsi: 'TRY_LATER', state: 'not-verifiable' },
  TIMESTAMP_UNAVAILABLE: { verdict: 'INDETERMINATE', etsi: 'TRY_LATER', state: 'not-verifiable' },
  TIMESTAMP_INVALID: { verdict: 'INVALID', etsi: 'TIMESTAMP_ORDER_FAILURE', state: 'invalid' },
  SIGNING_TIME_OUT_OF_WINDOW: { verdict: 'INVALID', etsi: 'SIG_CONSTRAINTS_FAILURE', state: 'invalid' },
  PDF_COVERAGE: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'invalid' },
  PDF_CHANGED_AFTER_SIGNING: { verdict: 'INVALID', etsi: 'HASH_FAILURE', state: 'invalid' },
  PDF_CMS: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'invalid' },
  // Remarks: they stand beside another code and never decide.
  PDF_LATER_REVISION: { verdict: 'VALID', etsi: '-', state: 'valid' },
  PDF_ACTIVE_CONTENT: { verdict: 'VALID', etsi: '-', state: 'valid' },
  PDF_UNSUPPORTED: { verdict: 'INVALID', etsi: 'FORMAT_FAILURE', state: 'not-verifiable' },
} as const satisfies Record<string, VerificationRow>

/** Codes of one signature's verdict. Never renamed, never reused. */
export type VerificationCode = keyof typeof rows
export const verificationCodes: Readonly<Record<VerificationCode, VerificationRow>> = rows
