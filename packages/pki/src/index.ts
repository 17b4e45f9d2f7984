export { type Fault, keyFault, signatureFault } from './algorithms.ts'
export { parseCertificate, parseCertificates } from './certificate.ts'
export { parseCrl } from './crl.ts'
export { lastUse } from './crl-fit.ts'
export { DerError } from './der.ts'
export { validatePathCached } from './path-cache.ts'
export { readPem, writePem } from './pem.ts'
export { createTrust, issuerKey, issuerNameKey } from './trust.ts'
export type {
  Certificate,
  Crl,
  GeneralName,
  KeyUsage,
  Name,
  PathCheck,
  PathQuestion,
  PathResult,
  Purpose,
  RevocationReason,
  RevokedEntry,
  Trust,
} from './types.ts'
export { validatePath } from './validate-path.ts'
