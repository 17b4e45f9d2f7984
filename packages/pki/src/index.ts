export { type Fault, type HashName, keyFault, signatureFault } from './algorithms.ts'
export { parseCertificate, parseCertificates } from './certificate.ts'
export {
  type Attribute,
  type CmsSignerResult,
  cmsOid,
  parseSignedData,
  type SignedData,
  type Signer,
  type SignerId,
  type SignerQuestion,
  verifySigner,
} from './cms/index.ts'
export { parseCrl } from './crl.ts'
export { lastUse } from './crl-fit.ts'
export { DerError } from './der.ts'
export { parseOcspResponse } from './ocsp/response.ts'
export type {
  BasicOcspResponse,
  CertId,
  CertStatus,
  OcspAnswer,
  OcspResponse,
  ResponderId,
  SingleResponse,
} from './ocsp/types.ts'
export { validatePathCached } from './path-cache.ts'
export { readPem, writePem } from './pem.ts'
export { createTrust, issuerKey, issuerNameKey } from './trust.ts'
export type {
  Certificate,
  Crl,
  Extension,
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
