import type { Subject } from './crl-signer.ts'
import type { Status } from './status.ts'

/**
 * What OCSP responses at hand say of a certificate (V42, V43); undefined when there are none.
 *
 * `search.trust.ocsp(ocspKey(certId))` gives the responses; the signer of one is judged by `search.validateSigner` with
 * purpose `ocsp`, under the anchor of the path.
 */
export function statusByOcsp(_subject: Subject): Status | undefined {
  return undefined
}
