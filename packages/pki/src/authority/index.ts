export { bits, boolean, encode, ia5, integer, objectId, octets, sequence, set, utf8 } from '../der-writer.ts'
export { createAuthority, selfSigned } from './authority.ts'
export { generateKeys, type KeyPair, privateKeyPem } from './keys.ts'
export {
  type GeneralNameWish,
  type IssuingPointWish,
  type PointWish,
  type PolicyWish,
  pathExtensions,
} from './path-extensions.ts'
export { type Pkcs12Content, readPkcs12, toPkcs12 } from './pkcs12.ts'
export type {
  Authority,
  AuthorityWish,
  CertificateWish,
  CrlWish,
  Identity,
  Issued,
  KeyType,
  RevokedWish,
  SubjectName,
} from './types.ts'
export {
  attribute,
  type CmsWish,
  contentTypeAttribute,
  digestAttribute,
  signingCertificateAttribute,
  writeCms,
} from './write-cms.ts'
export { writeName } from './write-name.ts'
export {
  type OcspWish,
  type OcspWishAnswer,
  readOcspRequest,
  writeOcspRefusal,
  writeOcspResponse,
} from './write-ocsp.ts'
export {
  readTimeStampRequest,
  type TimeStampRequest,
  type TimeStampWish,
  writeTimeStampRefusal,
  writeTimeStampResponse,
} from './write-time-stamp.ts'
