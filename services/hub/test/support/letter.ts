import { createPrivateKey, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DocumentInput, writeDocument, writeStatus } from '@docaxis/edxml'
import { parseCertificate } from '@docaxis/pki'
import { signEnvelope } from '@docaxis/signature'
import type { TestHub } from './test-hub.ts'

let lastNumber = 1000

/** An unsigned letter between demo agencies; what is not given is right. */
export function letter(
  hub: TestHub,
  from: string,
  to: readonly string[],
  changes: Partial<DocumentInput> = {},
): Buffer {
  const number = String(++lastNumber)
  const party = (code: string) => ({ agencyCode: code, name: nameOf(hub, code) })
  return writeDocument(
    {
      sender: party(from),
      receivers: to.map(party),
      documentId: `${from},2026/01/05,${number}/VP`,
      code: { number, notation: 'VP' },
      issuedAt: 'Lạc Hồ',
      issuedOn: '2026-01-05',
      documentType: { type: 1, name: 'Công văn' },
      subject: `V/v thử nghiệm số ${number}`,
      content: 'Nội dung thử nghiệm',
      signer: { fullName: 'Nguyễn Thị Hải Yến' },
      sentAt: new Date('2026-01-05T02:00:00Z'),
      attachments: [{ name: 'phu-luc.txt', type: 'text/plain', content: Buffer.from(`Phụ lục ${number}`) }],
      ...changes,
    },
    randomUUID,
  )
}

/** Sealed with the agency's own seal, or with the PEM files `<stem>-key.pem` and `<stem>-cert.pem` of the demo folder. */
export async function sealed(hub: TestHub, xml: Buffer, by: string | { readonly stem: string }): Promise<Blob> {
  const files =
    typeof by === 'string'
      ? { key: hub.agency(by).sealKeyFile, cert: hub.agency(by).sealCertFile }
      : { key: `${by.stem}-key.pem`, cert: `${by.stem}-cert.pem` }
  const [key, cert] = await Promise.all([
    readFile(join(hub.demoFolder, files.key)),
    readFile(join(hub.demoFolder, files.cert), 'utf8'),
  ])
  return blobOf(signEnvelope(xml, { privateKey: createPrivateKey(key), certificates: [parseCertificate(cert)] }))
}

/** A status message as an office system writes it: unsigned (edXML section 8). */
export function statusMessage(
  hub: TestHub,
  from: string,
  to: string,
  documentId: string,
  statusCode: '01' | '03' | '06',
): Blob {
  return blobOf(
    writeStatus({
      sender: { agencyCode: from, name: nameOf(hub, from) },
      receiverCode: to,
      documentId,
      code: '12/VP',
      issuedOn: '2026-01-05',
      statusCode,
      staff: { name: 'Văn thư' },
      reportedAt: new Date('2026-01-06T02:00:00Z'),
    }),
  )
}

export const blobOf = (bytes: Buffer): Blob => new Blob([new Uint8Array(bytes)])

/** Closed agencies have no system and stand in no list. */
function nameOf(hub: TestHub, code: string): string {
  return hub.agencies.find(agency => agency.code === code)?.name ?? 'Ủy ban nhân dân huyện Thác Bạc'
}
