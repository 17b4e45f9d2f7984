import { algorithmsOf, endedFault } from '../algorithm-ends.ts'
import { type Fault, outdatedSignatureFault, signatureFault } from '../algorithms.ts'
import { validatePath } from '../path/validate-path.ts'
import type { Certificate, Trust } from '../types.ts'
import { judgeOcsp, type OcspQuestion, type OcspStatus } from './judge-ocsp.ts'
import { unfit } from './responder.ts'

/**
 * What an OCSP response proves of a certificate of this issuer at one moment (V41 to V43; RFC 6960 section 3.2).
 *
 * @param question `trust`: where the delegate's own revocation list is looked for, unless its certificate waives that
 */
export function ocspStatus(
  question: Omit<OcspQuestion, 'signatureFault' | 'revocationFault'> & { readonly trust: Trust },
): OcspStatus {
  const { trust, issuer, at, outdated = false } = question
  const madeBy = outdated ? outdatedSignatureFault : signatureFault
  const revocationFault = (certificate: Certificate): Fault | undefined => {
    // Only lists: a responder does not vouch for itself.
    const byLists = { ...trust, ocsp: () => [] }
    const path = validatePath({ certificate, intermediates: [issuer], trust: byLists, at, purpose: 'any', outdated })
    return path.verdict === 'VALID' ? undefined : unfit(`responder ${certificate.subject.text}: ${path.detail}`)
  }
  return judgeOcsp({
    ...question,
    signatureFault: ({ signature }, by) =>
      madeBy(signature, by) ?? endedFault(algorithmsOf(signature.algorithm, by), at, trust.algorithmEnds),
    revocationFault,
  })
}
