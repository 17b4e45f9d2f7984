import type { Bilingual } from '@docaxis/errors'
import type { RefusalLine, ReportLine } from './report-view.ts'

/** Words that stand on the paper and in the workbook. */
export const reportWords = {
  title: { vi: 'Báo cáo gửi, nhận văn bản điện tử', en: 'Report on the exchange of electronic documents' },
  summary: { vi: 'Tổng hợp', en: 'Summary' },
  figure: { vi: 'Chỉ số', en: 'Figure' },
  share: { vi: 'Tỷ lệ', en: 'Share' },
  part: { vi: 'Số', en: 'Number' },
  of: { vi: 'Trên', en: 'Of' },
  definition: { vi: 'Cách tính', en: 'How it is counted' },
  month: { vi: 'Tháng', en: 'Month' },
  level: { vi: 'Cấp', en: 'Level' },
  agency: { vi: 'Cơ quan', en: 'Agency' },
  code: { vi: 'Mã cơ quan', en: 'Code' },
  byMonth: { vi: 'Theo tháng', en: 'By month' },
  byLevel: { vi: 'Theo cấp', en: 'By level' },
  byAgency: { vi: 'Theo cơ quan', en: 'By agency' },
  sent: { vi: 'Gửi đi', en: 'Sent' },
  received: { vi: 'Nhận', en: 'Received' },
  refused: { vi: 'Từ chối', en: 'Refused' },
  hubRefused: { vi: 'Trục từ chối', en: 'Refused by hub' },
  refusals: { vi: 'Từ chối theo lý do', en: 'Refusals by reason' },
  origin: { vi: 'Bên từ chối', en: 'Refused by' },
  reason: { vi: 'Lý do', en: 'Reason' },
  times: { vi: 'Số lần', en: 'Times' },
  byReceiver: { vi: 'bên nhận', en: 'receiver' },
  byHub: { vi: 'trục', en: 'hub' },
  noReason: { vi: 'không nêu lý do', en: 'no reason given' },
  unknown: { vi: 'không rõ', en: 'unknown' },
  period: { vi: 'Thời gian', en: 'Period' },
  only: { vi: 'Chỉ', en: 'Only' },
  countedUntil: { vi: 'Số liệu tính đến', en: 'Counted until' },
  printedFor: { vi: 'Người xuất', en: 'Made for' },
  page: { vi: 'Trang', en: 'Page' },
  nothing: { vi: 'Không có.', en: 'None.' },
  cut: {
    vi: 'Còn cơ quan khác, ít văn bản hơn; bảng tính XLSX có đủ.',
    en: 'There are other agencies, with fewer documents; the workbook (XLSX) has them all.',
  },
  levels: {
    central: { vi: 'Trung ương', en: 'Central' },
    province: { vi: 'Cấp tỉnh', en: 'Province' },
    district: { vi: 'Cấp huyện', en: 'District' },
    commune: { vi: 'Cấp xã', en: 'Commune' },
  },
} as const

export const groupWords = {
  month: reportWords.byMonth,
  level: reportWords.byLevel,
  agency: reportWords.byAgency,
} as const

export type Language = 'vi' | 'en'

/** `11/2026`. */
export const monthText = (month: string): string => month.split('-').reverse().join('/')

/** A month, a level's name or an agency's code, as people read it. */
export function keyText(line: ReportLine, by: 'month' | 'level' | 'agency', language: Language): string {
  const { key } = line
  if (key === null || key === undefined) return reportWords.unknown[language]
  if (by === 'month') return monthText(key)
  if (by === 'agency') return key
  return levelText(key, language)
}

export function levelText(level: string, language: Language): string {
  const names: Readonly<Record<string, Bilingual>> = reportWords.levels
  return names[level]?.[language] ?? level
}

/** In words; a code of the hub with what it means. */
export function reasonText({ reason, meaning }: RefusalLine, language: Language): string {
  if (meaning) return `${meaning[language]} (${reason})`
  return reason === '' ? reportWords.noReason[language] : reason
}

export function originText({ origin }: RefusalLine, language: Language): string {
  return reportWords[origin === 'hub' ? 'byHub' : 'byReceiver'][language]
}
