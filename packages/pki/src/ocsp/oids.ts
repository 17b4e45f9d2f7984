/** Object identifiers of RFC 6960 section 4. */
export const ocspOid = {
  basicResponse: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  /** The purpose of a delegated responder's certificate. */
  signing: '1.3.6.1.5.5.7.3.9',
} as const
