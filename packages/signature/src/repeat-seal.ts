import type { SignatureMaterial } from '@docaxis/edxml'
import { type EvidencePiece, trustOfEvidence } from './evidence.ts'
import type { CertificateHolder } from './seal-question.ts'
import type { SealVerdict } from './verdict.ts'
import { verifySeal } from './verify-seal.ts'

export interface RepeatQuestion {
  /** The envelope as it was received. */
  readonly material: SignatureMaterial
  /** Directory code of the sender, as resolved then. */
  readonly senderCode: string
  /** The verdict to be repeated. */
  readonly first: SealVerdict
  readonly evidence: readonly EvidencePiece[]
}

/**
 * Judges a seal once more, at the moment it was judged first, by the evidence kept then and nothing else: no network, no
 * directory, no clock. The same rules give the same verdict in ten years (verification.md 1).
 *
 * Who held the certificate is a fact of the directory of that day; the first verdict holds it. One that the directory
 * decided alone (nobody's certificate, another agency's, one that the hub had suspended) stands as it was recorded.
 */
export async function repeatSeal({ material, senderCode, first, evidence }: RepeatQuestion): Promise<SealVerdict> {
  if (!first.path && (first.binding || first.code === 'SIGNER_NOT_SENDER')) return first
  const at = new Date(first.judgedAt)
  return verifySeal({
    material,
    senderCode,
    holderOf: async () => holderIn(first, at),
    trust: trustOfEvidence(first, evidence),
    at,
  })
}

function holderIn({ binding }: SealVerdict, at: Date): CertificateHolder | undefined {
  if (!binding) return undefined
  const { holderCode, mandate } = binding
  return { holderCode, mandates: mandate ? [{ ...mandate, validFrom: at }] : [] }
}
