import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { createEnvelopeChecker, writeDocument } from '@docaxis/edxml'
import { writeSignature } from '@docaxis/signature'
import { judgedAt, type SigningBench } from '../signing-bench.ts'

const pieceLetters = 1024 * 1024
const headerEnd = '</edXML:edXMLHeader>'

/** Writes a signed envelope that is too large for memory: one attachment, whose letters repeat. */
export function writeHugeEnvelope(file: string, bytes: number, { seals }: SigningBench): void {
  const [head, tail] = frame()
  const letters = randomBytes((pieceLetters * 3) / 4).toString('base64')
  const pieces = Math.ceil(bytes / pieceLetters)
  const pour = (start: string, take: (text: string) => void) => {
    take(start)
    for (let piece = 0; piece < pieces; piece++) take(letters)
    take(tail)
  }

  const { privateKey, certificate } = seals.rsa
  const signature = writeSignature(
    digestOf(take => pour(head, take), bytes),
    privateKey,
    [certificate],
  )
  const descriptor = openSync(file, 'w')
  try {
    pour(head.replace(headerEnd, `${signature}${headerEnd}`), text => writeSync(descriptor, text))
  } finally {
    closeSync(descriptor)
  }
}

/** What stands before the letters of the only attachment, and after them. */
function frame(): [head: string, tail: string] {
  const xml = writeDocument(
    {
      sender: { agencyCode: 'G99', name: 'Văn phòng Trung ương' },
      receivers: [{ agencyCode: 'H10', name: 'Tỉnh số 10' }],
      documentId: 'G99,2030/01/15,huge',
      code: { number: '7816', notation: 'VPTW-ĐT' },
      issuedAt: 'Hà Nội',
      issuedOn: '2030-01-15',
      documentType: { type: 1, name: 'Công văn' },
      subject: 'Hồ sơ rất lớn',
      signer: { fullName: 'Trần Văn B' },
      sentAt: judgedAt,
      attachments: [{ name: 'ho-so.bin', content: Buffer.from('x'), type: 'application/octet-stream' }],
    },
    randomUUID,
  ).toString('utf8')
  const from = xml.indexOf('>', xml.indexOf('ContentTransferEncoded')) + 1
  return [xml.slice(0, from), xml.slice(xml.indexOf('<', from))]
}

function digestOf(pour: (take: (text: string) => void) => void, bytes: number): Buffer {
  const limits = { maxEnvelopeBytes: bytes * 2 }
  const checker = createEnvelopeChecker({ profile: 'strict', receivedAt: judgedAt, limits })
  pour(text => checker.write(Buffer.from(text)))
  const { signature } = checker.finish()
  if (signature === undefined) throw new Error('the frame is not readable')
  return signature.digest('sha256')
}
