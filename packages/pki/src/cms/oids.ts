/** Object identifiers of CMS, of its attributes and of what these carry. */
export const cmsOid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  /** RFC 6211. */
  algorithmProtection: '1.2.840.113549.1.9.52',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  /** RFC 5035; the first names its certificate by SHA-1. */
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  /** Revocation data in PDF signatures (ISO 32000-2 section 12.8.3.3.2) and in CAdES. */
  revocationInfoArchival: '1.2.840.113583.1.1.8',
  revocationValues: '1.2.840.113549.1.9.16.2.24',
  /** An OCSP response in the `crls` field (RFC 5940). */
  ocspResponse: '1.3.6.1.5.5.7.16.2',
} as const
