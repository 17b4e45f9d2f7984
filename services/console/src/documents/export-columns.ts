import type { FileColumn } from '../export/table-file.ts'
import type { DocumentRow } from './document-rows.ts'

const urgency = [
  { vi: 'thường', en: 'normal' },
  { vi: 'khẩn', en: 'urgent' },
  { vi: 'thượng khẩn', en: 'very urgent' },
  { vi: 'hỏa tốc', en: 'most urgent' },
  { vi: 'hỏa tốc', en: 'most urgent' },
] as const

export function exportColumns(language: 'vi' | 'en'): readonly FileColumn<DocumentRow>[] {
  return [
    { vi: 'Số, ký hiệu', en: 'Number', width: 22, value: row => numberOf(row) },
    { vi: 'Loại văn bản', en: 'Type', width: 16, value: row => row.typeName ?? '' },
    { vi: 'Trích yếu', en: 'Subject', width: 60, value: row => row.subject ?? '' },
    { vi: 'Ngày ban hành', en: 'Date of issue', width: 14, value: row => dayText(row.issuedOn) },
    { vi: 'Độ khẩn', en: 'Urgency', width: 12, value: row => urgency[row.priority]?.[language] ?? '' },
    { vi: 'Mã cơ quan gửi', en: 'Sender code', width: 14, value: row => row.sender },
    { vi: 'Cơ quan gửi', en: 'Sender', width: 36, value: row => row.senderName ?? '' },
    {
      vi: 'Cơ quan nhận đầu tiên',
      en: 'First receiver',
      width: 36,
      value: row => row.receiverName ?? row.receiver ?? '',
    },
    { vi: 'Số cơ quan nhận', en: 'Receivers', width: 10, value: row => row.receivers },
    { vi: 'Trục nhận lúc', en: 'Accepted at', width: 26, value: row => exactTime(row.acceptedAt) },
    { vi: 'Chờ bên nhận lấy về', en: 'Waiting', width: 10, value: row => row.waiting },
    { vi: 'Đã tải về', en: 'Fetched', width: 10, value: row => row.taken },
    { vi: 'Đã tiếp nhận', en: 'In the register', width: 10, value: row => row.registered },
    { vi: 'Hoàn thành', en: 'Finished', width: 10, value: row => row.finished },
    { vi: 'Từ chối', en: 'Refused', width: 10, value: row => row.refused },
    { vi: 'Không giao được', en: 'Not delivered', width: 10, value: row => row.failed },
    { vi: 'Quá hạn', en: 'Late', width: 10, value: row => row.late },
    { vi: 'Mã văn bản', en: 'Document id', width: 36, value: row => row.documentId },
  ]
}

export function numberOf({ codeNumber, codeNotation }: Pick<DocumentRow, 'codeNumber' | 'codeNotation'>): string {
  return [codeNumber, codeNotation].filter(Boolean).join('/')
}

const dayText = (day: string | null): string => (day ?? '').split('-').reverse().join('/')

const clock = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Asia/Ho_Chi_Minh',
})

/** Exact, with its zone: `2026-11-21 09:14:00+07:00`. */
const exactTime = (at: string): string => `${clock.format(new Date(at))}+07:00`
