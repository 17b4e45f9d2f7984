import { randomBytes, randomUUID } from 'node:crypto'
import { writeDocument } from '@docaxis/edxml'
import { signEnvelope } from '@docaxis/signature'
import { judgedAt, type SigningBench } from '../signing-bench.ts'
import type { ProofCase } from './proof-cases.ts'

/** What header, manifest and signature take, about. */
const overheadBytes = 7_000
const lineColumns = 76

/** A signed envelope to twelve receivers, with attachments of noise, which neither ZIP nor Base64 can shrink. */
export function makeEnvelope({ bytes, attachments, inLines }: ProofCase, { seals }: SigningBench): Buffer {
  const base64Bytes = (bytes - overheadBytes) / attachments / (inLines ? 1 + 1 / lineColumns : 1)
  const contentBytes = Math.max(16, Math.floor((base64Bytes * 3) / 4))
  const unsigned = writeDocument(
    {
      sender: { agencyCode: 'G99', name: 'Văn phòng Trung ương' },
      receivers: Array.from({ length: 12 }, (_, index) => ({
        agencyCode: `H${index + 10}`,
        name: `Tỉnh số ${index + 10}`,
      })),
      documentId: `G99,2030/01/15,${randomUUID().slice(0, 8)}`,
      code: { number: '7816', notation: 'VPTW-ĐT' },
      issuedAt: 'Hà Nội',
      issuedOn: '2030-01-15',
      documentType: { type: 1, name: 'Công văn' },
      subject: 'Về việc triển khai kế hoạch liên thông văn bản điện tử giữa bốn cấp hành chính',
      signer: { position: 'Chánh Văn phòng', fullName: 'Trần Văn B' },
      sentAt: judgedAt,
      attachments: Array.from({ length: attachments }, (_, index) => ({
        name: `7816-${index + 1}.signed.pdf`,
        content: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(contentBytes)]),
        type: 'application/pdf',
      })),
    },
    randomUUID,
  )
  const { privateKey, certificate } = seals.rsa
  return signEnvelope(inLines ? breakLines(unsigned) : unsigned, { privateKey, certificates: [certificate] })
}

/** The same document with its encoded files in lines. */
function breakLines(xml: Buffer): Buffer {
  const parts: Buffer[] = []
  let done = 0
  for (let at = xml.indexOf('ContentTransferEncoded '); at !== -1; at = xml.indexOf('ContentTransferEncoded ', done)) {
    const from = xml.indexOf('>', at) + 1
    const to = xml.indexOf('<', from)
    parts.push(xml.subarray(done, from), inLinesOf(xml.subarray(from, to)))
    done = to
  }
  return Buffer.concat([...parts, xml.subarray(done)])
}

function inLinesOf(base64: Buffer): Buffer {
  const lines = Math.ceil(base64.length / lineColumns)
  const broken = Buffer.alloc(base64.length + lines, '\n')
  for (let line = 0; line < lines; line += 1) {
    base64.copy(broken, line * (lineColumns + 1), line * lineColumns, (line + 1) * lineColumns)
  }
  return broken
}
