import { randomBytes, randomUUID } from 'node:crypto'
import { type DocumentInput, writeDocument } from '@docaxis/edxml'
import { parseCertificate } from '@docaxis/pki'
import { signEnvelope } from '@docaxis/signature'
import type { DemoAgency } from './country.ts'

export interface DocumentWish {
  readonly documentId: string
  readonly receivers: readonly Pick<DemoAgency, 'code' | 'name'>[]
  /** Size of the envelope to aim at. */
  readonly bytes: number
  /** Instead of noise of that size. */
  readonly attachment?: DocumentInput['attachments'][number]
}

export type Sealer = Pick<DemoAgency, 'code' | 'name' | 'key' | 'certificatePem'>

/** What header, manifest and signature take of an envelope with one attachment, about. */
const overheadBytes = 7_000

/** A signed envelope with one attachment: noise, which neither ZIP nor Base64 can shrink, unless one is wished for. */
export function sealedDocument(sender: Sealer, wish: DocumentWish): Buffer {
  const unsigned = writeDocument(
    {
      sender: { agencyCode: sender.code, name: sender.name },
      receivers: wish.receivers.map(({ code, name }) => ({ agencyCode: code, name })),
      documentId: wish.documentId,
      code: { number: '7816', notation: 'VPTW-ĐT' },
      issuedAt: 'Hà Nội',
      issuedOn: '2026-01-05',
      documentType: { type: 1, name: 'Công văn' },
      subject: 'Về việc triển khai kế hoạch liên thông văn bản điện tử giữa bốn cấp hành chính',
      signer: { position: 'Chánh Văn phòng', fullName: 'Trần Văn B' },
      sentAt: new Date('2026-01-05T02:00:00Z'),
      attachments: [wish.attachment ?? noiseOf(Math.max(16, Math.floor(((wish.bytes - overheadBytes) * 3) / 4)))],
    },
    randomUUID,
  )
  return signEnvelope(unsigned, { privateKey: sender.key, certificates: [parseCertificate(sender.certificatePem)] })
}

function noiseOf(bytes: number) {
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)])
  return { name: '7816.signed.pdf', content, type: 'application/pdf' }
}
