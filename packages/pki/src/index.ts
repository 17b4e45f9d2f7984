export { type AccessPoints, accessPointsOf } from './access-points.ts'
export {
  type AlgorithmEnds,
  type AlgorithmName,
  algorithmNames,
  algorithmsOfKey,
  defaultAlgorithmEnds,
  endAfter,
  endedFault,
  lastDayOf,
} from './algorithm-ends.ts'
export { type Fault, type HashName, keyFault, signatureFault } from './algorithms.ts'
export { parseCertificate, parseCertificates } from './certificate.ts'
export {
  type Attribute,
  algorithmsOfSigner,
  type CmsSignerResult,
  cmsOid,
  parseSignedData,
  type SignedData,
  type Signer,
  type SignerId,
  type SignerQuestion,
  verifySigner,
} from './cms/index.ts'
export { parseCrl, parseCrls } from './crl.ts'
export { DerError } from './der.ts'
export { certIdsOf } from './ocsp/cert-id.ts'
export type { OcspStatus } from './ocsp/judge-ocsp.ts'
export { ocspStatus } from './ocsp/ocsp-status.ts'
export { writeOcspRequest } from './ocsp/request.ts'
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
export { validatePathCached } from './path/path-cache.ts'
export { validatePath } from './path/validate-path.ts'
export { readPem, writePem } from './pem.ts'
export { readAlgorithmEnds } from './read-algorithm-ends.ts'
export { lastUse } from './revocation/crl-fit.ts'
export {
  parseTimeStampResponse,
  parseTimeStampToken,
  type TimeStampQuestion,
  type TimeStampResponse,
  type TimeStampResult,
  type TimeStampToken,
  type TimeStampWish,
  verifyTimeStamp,
  writeTimeStampRequest,
} from './timestamp/index.ts'
export { createTrust, issuerKey, issuerNameKey, ocspKey, type TrustParts, withEvidence } from './trust.ts'
export type {
  Anchor,
  AnchorPurpose,
  Certificate,
  Crl,
  Extension,
  FailedPath,
  GeneralName,
  KeyUsage,
  Name,
  PathCheck,
  PathQuestion,
  PathResult,
  PolicyQuestion,
  Purpose,
  RevocationMode,
  RevocationReason,
  RevokedEntry,
  Trust,
} from './types.ts'
