import { randomUUID } from 'node:crypto'
import { type DocumentInput, writeDocument } from '@docaxis/edxml'
import type { Identity } from '@docaxis/pki/authority'
import { signEnvelope } from '@docaxis/signature'
import { noon } from './authority.ts'

export interface EnvelopeWish extends Partial<Omit<DocumentInput, 'sender' | 'receivers'>> {
  /** Directory code. */
  readonly sender: string
  /** Directory codes. */
  readonly receivers: readonly string[]
}

/** A complete document from one agency to others, unsigned; every wish replaces what stands there by default. */
export function envelopeXml({ sender, receivers, ...changes }: EnvelopeWish): Buffer {
  const input: DocumentInput = {
    sender: { agencyCode: sender, name: `Cơ quan ${sender}` },
    receivers: receivers.map(agencyCode => ({ agencyCode, name: `Cơ quan ${agencyCode}` })),
    documentId: `${sender},2030/01/15,${randomUUID().slice(0, 8)}`,
    code: { number: '12', notation: 'CV-VP' },
    issuedAt: 'Hà Nội',
    issuedOn: '2030-01-15',
    documentType: { type: 2, typeDetail: 8, name: 'Công văn' },
    subject: 'Về việc liên thông văn bản',
    content: 'Về việc liên thông văn bản',
    signer: { position: 'Chánh Văn phòng', fullName: 'Nguyễn Văn An' },
    sentAt: noon,
    attachments: [{ name: '12.cv.txt', content: Buffer.from('Kính gửi: các cơ quan\n'), type: 'text/plain' }],
    ...changes,
  }
  return writeDocument(input, randomUUID)
}

/** `envelopeXml` sealed by the strict profile with this key and certificate. */
export function sealedEnvelope(wish: EnvelopeWish, signer: Identity): Buffer {
  return signEnvelope(envelopeXml(wish), signerOf(signer))
}

export function signerOf({ privateKey, certificate }: Identity) {
  return { privateKey, certificates: [certificate] }
}
