import { Type } from 'typebox'

/** Base64 DER or PEM. */
export const encodedCertificate = Type.String({
  minLength: 1,
  maxLength: 64 * 1024,
  description: 'PEM, or DER in Base64',
})
