import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { createEnvelopeChecker, type DocumentInput, writeDocument } from '@docaxis/edxml'
import { type signEnvelope, writeSignature } from '@docaxis/signature'

const pieceLetters = 1024 * 1024
const headerEnd = '</edXML:edXMLHeader>'

export interface HugeEnvelope extends Pick<DocumentInput, 'sender' | 'receivers' | 'documentId' | 'sentAt'> {
  /** About. */
  readonly bytes: number
}

type Seal = Pick<Parameters<typeof signEnvelope>[1], 'privateKey' | 'certificates'>

/** Writes a signed envelope that is too large for memory: one attachment, whose letters repeat. */
export function writeHugeEnvelope(file: string, { bytes, ...header }: HugeEnvelope, seal: Seal): void {
  const [head, tail] = frame(header)
  const letters = randomBytes((pieceLetters * 3) / 4).toString('base64')
  const pieces = Math.ceil(bytes / pieceLetters)
  const pour = (start: string, take: (text: string) => void) => {
    take(start)
    for (let piece = 0; piece < pieces; piece++) take(letters)
    take(tail)
  }

  const digest = digestOf(take => pour(head, take), bytes, header.sentAt)
  const signature = writeSignature(digest, seal.privateKey, seal.certificates)
  const descriptor = openSync(file, 'w')
  try {
    pour(head.replace(headerEnd, `${signature}${headerEnd}`), text => writeSync(descriptor, text))
  } finally {
    closeSync(descriptor)
  }
}

/** What stands before the letters of the only attachment, and after them. */
function frame(header: Omit<HugeEnvelope, 'bytes'>): [head: string, tail: string] {
  const xml = writeDocument(
    {
      ...header,
      code: { number: '7816', notation: 'VPTW-ĐT' },
      issuedAt: 'Hà Nội',
      issuedOn: header.sentAt.toISOString().slice(0, 10),
      documentType: { type: 1, name: 'Công văn' },
      subject: 'Hồ sơ rất lớn',
      signer: { fullName: 'Trần Văn B' },
      attachments: [{ name: 'ho-so.bin', content: Buffer.from('x'), type: 'application/octet-stream' }],
    },
    randomUUID,
  ).toString('utf8')
  const from = xml.indexOf('>', xml.indexOf('ContentTransferEncoded')) + 1
  return [xml.slice(0, from), xml.slice(xml.indexOf('<', from))]
}

function digestOf(pour: (take: (text: string) => void) => void, bytes: number, receivedAt: Date): Buffer {
  const limits = { maxEnvelopeBytes: bytes * 2 }
  const checker = createEnvelopeChecker({ profile: 'strict', receivedAt, limits })
  pour(text => checker.write(Buffer.from(text)))
  const { signature } = checker.finish()
  if (signature === undefined) throw new Error('the frame is not readable')
  return signature.digest('sha256')
}
