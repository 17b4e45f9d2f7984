import type { Envelope } from '@docaxis/edxml'
import type { Finding } from '@docaxis/errors'
import { parseCertificate, type Trust } from '@docaxis/pki'
import {
  type CertificateVerdict,
  judgeCertificate,
  judgeSeal,
  type SealIntegrity,
  type SealVerdict,
} from '@docaxis/signature'
import type { AcceptDeps, Submission } from '../intake/accept-document.ts'
import { withDecoded } from '../intake/decoded-files.ts'
import { receiveBody } from '../intake/receive-body.ts'
import type { PacketProof } from '../proving/prove-task.ts'
import type { Moment } from './moment.ts'

export interface EnvelopeAnswer {
  /** SHA-256 of the bytes as received, lower-case hex. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly envelope?: Envelope
  /** Absent where the bytes could not be read as a packet. */
  readonly seal?: SealVerdict
  /** The signer's certificate by itself, its path as it was found; present when the signature computes. */
  readonly signer?: CertificateVerdict
  /** Faults of the packet itself. */
  readonly findings: readonly Finding[]
  /** RFC 3339. */
  readonly judgedAt: string
}

type Deps = Pick<AcceptDeps, 'blobs' | 'prover' | 'lookups' | 'trust' | 'maxEnvelopeBytes'>

/**
 * Judges a packet that somebody received, whoever sent it; nothing of it is kept.
 *
 * @param moment the judged time
 */
export async function verifyEnvelope(deps: Deps, submission: Submission, moment: Moment): Promise<EnvelopeAnswer> {
  const { at } = moment
  const { blobs, prover, maxEnvelopeBytes } = deps
  const body = await receiveBody(blobs, submission.body, maxEnvelopeBytes, submission.declaredBytes)
  try {
    const { sha256, sizeBytes, packet } = body
    // What old writers do is no fault of whoever received it.
    const options = { profile: 'legacy', receivedAt: at, limits: { maxEnvelopeBytes } } as const
    const proof = await prover.prove({ packet, options, spoolFolder: blobs.spoolFolder, documents: 'large' }, sizeBytes)
    return await withDecoded(blobs, proof.documents, async () => ({
      sha256,
      sizeBytes,
      judgedAt: at.toISOString(),
      ...(await judge(deps, proof, moment)),
    }))
  } finally {
    await body.discard()
  }
}

async function judge(
  { lookups, trust }: Deps,
  { reading: { envelope, findings }, integrity }: PacketProof,
  moment: Moment,
): Promise<Pick<EnvelopeAnswer, 'envelope' | 'seal' | 'signer' | 'findings'>> {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (!envelope || !integrity) return { ...(envelope && { envelope }), findings: errors }

  const { agencyCode } = envelope.sender
  const sender = (await lookups.agencies([agencyCode])).get(agencyCode)
  const senderCode = sender?.agency.code ?? agencyCode
  const trusted = await trust.current()
  const seal = await judgeSeal(integrity, {
    senderCode,
    holderOf: certificateSha256 => lookups.certificateHolder(certificateSha256, senderCode),
    trust: trusted,
    ...moment,
  })
  const signer = signerOf(integrity, trusted, moment)
  return { envelope, seal, ...(signer && { signer }), findings: errors }
}

function signerOf(
  { certificates = [] }: SealIntegrity,
  trust: Trust,
  { at, timeFault }: Moment,
): CertificateVerdict | undefined {
  const [certificate, ...intermediates] = certificates.map(der => parseCertificate(der))
  return certificate && judgeCertificate({ certificate, intermediates, trust, at, purpose: 'seal' }, timeFault)
}
