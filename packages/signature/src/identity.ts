import { Refusal } from './refusal.ts'
import type { CertificateHolder, CertificateStanding, Mandate } from './seal-question.ts'
import type { SealBinding } from './verdict.ts'

/** Certificate to agency to From (V23, V24): the sender's own, or that of a holder with a mandate in force. */
export function bindSigner(holder: CertificateHolder | undefined, senderCode: string, at: Date): SealBinding | Refusal {
  if (!holder) return new Refusal('SIGNER_NOT_SENDER', 'V23', 'the certificate is bound to no agency')
  const { holderCode, mandates = [] } = holder
  if (holderCode === senderCode) return { holderCode }
  const inForce = mandates.filter(mandate => isInForce(mandate, at))
  // A mandate to seal says more than one to transport.
  const mandate = inForce.find(({ kind }) => kind === 'seal') ?? inForce[0]
  if (mandate) return { holderCode, mandate: { id: mandate.id, kind: mandate.kind } }
  const without = mandates.length > 0 ? 'whose mandate is not in force' : 'which holds no mandate'
  const detail = `the packet is from ${senderCode}, the certificate is that of ${holderCode}, ${without}`
  return new Refusal('SIGNER_NOT_SENDER', 'V24', detail)
}

/**
 * What the hub itself decided: a suspension counts as a hold while it lasts (V45), a revocation from its instant on, or
 * always when the key was compromised (V46).
 */
export function standingFault({ suspended, revoked }: CertificateStanding, at: Date): Refusal | undefined {
  if (revoked && (revoked.from <= at || revoked.reason === 'keyCompromise')) {
    const detail = `revoked by this hub from ${revoked.from.toISOString()}: ${revoked.reason}`
    return new Refusal('CERTIFICATE_REVOKED', 'V46', detail)
  }
  if (suspended) {
    const detail = `suspended by this hub since ${suspended.at.toISOString()}: ${suspended.reason}`
    return new Refusal('CERTIFICATE_REVOKED', 'V45', detail)
  }
  return undefined
}

function isInForce({ validFrom, validTo }: Mandate, at: Date): boolean {
  return validFrom <= at && (validTo === undefined || at < validTo)
}
