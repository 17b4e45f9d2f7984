import { type DocumentInput, type EnvelopeReading, type Profile, readEnvelope, writeDocument } from '../src/index.ts'
import { wrapInZip } from '../src/write/zip-wrapper.ts'

/** Receive time of every packet under test. */
export const noon = new Date('2026-11-20T05:00:00Z')
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n')
export const entryName = '5c7082fe-4ac3-4b46-961e-e2439bfae484.pdf'

export const goodInput: DocumentInput = {
  sender: { agencyCode: 'G99', name: 'Bộ Thử nghiệm' },
  receivers: [
    { agencyCode: 'H99', name: 'Tỉnh Thử nghiệm' },
    { agencyCode: 'H99.32', name: 'Huyện Thử nghiệm' },
  ],
  documentId: 'G99,2026/11/20,12/BTN-VP',
  code: { number: '12', notation: 'BTN-VP' },
  issuedAt: 'Hà Nội',
  issuedOn: '2026-11-20',
  documentType: { type: 1, name: 'Công văn' },
  subject: 'Về việc thử nghiệm',
  signer: { fullName: 'Nguyễn Văn A' },
  sentAt: noon,
  attachments: [{ name: 'cong van.pdf', content: pdf, type: 'application/pdf' }],
}

/** UUIDs that count up, so that the same input gives the same bytes. */
export function countingIds(): () => string {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  }
}

export function goodXml(changes: Partial<DocumentInput> = {}): string {
  return writeDocument({ ...goodInput, ...changes }, countingIds()).toString('utf8')
}

export function read(xml: string | Buffer, profile: Profile = 'legacy'): EnvelopeReading {
  return readEnvelope(Buffer.from(xml), { profile, receivedAt: noon })
}

/** `error N.MessageHeader.To`, in the order reported. */
export function verdicts(reading: EnvelopeReading): string[] {
  return reading.findings.map(({ severity, code }) => `${severity} ${code}`)
}

/** Replaces exactly one occurrence, so that a test cannot silently change nothing. */
export function edit(xml: string, from: string | RegExp, to: string): string {
  const changed = xml.replace(from, () => to)
  if (changed === xml) throw new Error(`nothing to change: ${from}`)
  return changed
}

/** The packet with other carried bytes in its only attachment. */
export function withCarried(carried: Buffer | string, name = 'cong van.pdf'): string {
  const text = typeof carried === 'string' ? carried : carried.toString('base64')
  const xml = goodXml({ attachments: [{ name, content: pdf }] })
  return edit(xml, /(?<=ContentTransferEncoded[^>]*>)[^<]*/, text)
}

export { wrapInZip }
