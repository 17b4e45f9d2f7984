import { createCipheriv, createHash } from 'node:crypto'
import { type AttachmentInput, type DocumentInput, writeDocument } from '@docaxis/edxml'
import type { ConformanceRun } from '@docaxis/store'
import { counterpartCode } from './counterpart.ts'
import { pdfOf } from './pdf.ts'

/** A document of the script, by its step and its part in it. */
export type Message = 'good' | 'faulty' | 'duplicate' | 'original' | 'update' | 'take-back' | 'large'

const subjects: Readonly<Record<Message, string>> = {
  good: 'văn bản đúng',
  faulty: 'văn bản có tệp PDF bị cắt cụt, phải từ chối',
  duplicate: 'văn bản đến hai lần',
  original: 'văn bản sẽ được cập nhật',
  update: 'cập nhật văn bản đã gửi',
  'take-back': 'văn bản sẽ được lấy lại',
  large: 'văn bản lớn',
}

/**
 * The packet of a message. The same run writes the same bytes each time, so that sending it again after a crash is a
 * repeat and no second document.
 */
export function messageOf(run: ConformanceRun, message: Message, largeBytes: number): Buffer {
  const { agency, startedAt } = run
  const day = startedAt.toISOString().slice(0, 10)
  const subject = `[Kiểm thử ${run.id.slice(0, 8)}] V/v ${subjects[message]}`
  const input: DocumentInput = {
    sender: { agencyCode: counterpartCode, name: 'Đơn vị kiểm thử kết nối của Trục' },
    receivers: [{ agencyCode: agency }],
    documentId: documentIdOf(run, message),
    code: { number: String(1 + Object.keys(subjects).indexOf(message)), notation: 'KT-DOCAXIS' },
    issuedAt: 'Hà Nội',
    issuedOn: day,
    documentType: { type: 2, typeDetail: 8, name: 'Công văn' },
    subject,
    content: subject,
    signer: { position: 'Trục liên thông', fullName: 'Kiểm thử kết nối' },
    sentAt: startedAt,
    attachments: [attachmentOf(run, message, subject, largeBytes)],
    ...(message === 'update' && {
      action: 'update' as const,
      reason: 'Kiểm thử cập nhật',
      target: documentIdOf(run, 'original'),
    }),
  }
  let count = 0
  return writeDocument(input, () => uuidOf(`${run.id}:${message}:${count++}`))
}

function documentIdOf(run: ConformanceRun, message: Message): string {
  return `${counterpartCode},${run.startedAt.toISOString().slice(0, 10)},${run.id.slice(0, 12)}-${message}`
}

function attachmentOf(run: ConformanceRun, message: Message, subject: string, largeBytes: number): AttachmentInput {
  const filling = message === 'large' ? noise(run.id, largeBytes) : Buffer.alloc(0)
  const whole = pdfOf(subject, filling)
  // The end is gone, and with it the table by which a reader finds its objects.
  const content = message === 'faulty' ? whole.subarray(0, Math.floor(whole.length / 2)) : whole
  return { name: `${message}.pdf`, content, type: 'application/pdf' }
}

/** Bytes that no compression makes smaller, the same for the same seed. */
function noise(seed: string, bytes: number): Buffer {
  const key = createHash('sha256').update(seed).digest()
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes))
}

function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return [8, 12, 16, 20, 32].map((end, index) => hex.slice([0, 8, 12, 16, 20][index], end)).join('-')
}
