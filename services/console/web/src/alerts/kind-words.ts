import type { Bilingual } from '../language.tsx'
import type { AlertKind } from './alert-view.ts'

interface KindWords {
  readonly what: Bilingual
  /** What the number of the rule counts. */
  readonly threshold?: Bilingual
}

const documents: Bilingual = { vi: 'Từ bao nhiêu văn bản', en: 'From how many documents' }

export const kindWords: Readonly<Record<AlertKind, KindWords>> = {
  stuck: { what: { vi: 'Văn bản chưa chuyển được', en: 'Documents are stuck' }, threshold: documents },
  held: { what: { vi: 'Văn bản bị giữ lại', en: 'Documents are held back' }, threshold: documents },
  'not-fetched': {
    what: { vi: 'Quá hạn mà bên nhận chưa tải về', en: 'Past their deadline and not fetched' },
    threshold: documents,
  },
  late: {
    what: { vi: 'Đã tải về nhưng quá hạn tiếp nhận, xử lý', en: 'Fetched, and late' },
    threshold: documents,
  },
  'due-soon': { what: { vi: 'Sắp đến hạn', en: 'Due soon' }, threshold: documents },
  escalated: {
    what: { vi: 'Quá hạn, đã báo lên cấp trên', en: 'Late, and told to the agency above' },
    threshold: documents,
  },
  refused: { what: { vi: 'Bị từ chối tiếp nhận', en: 'Refused' }, threshold: documents },
  failed: { what: { vi: 'Không giao được', en: 'Not delivered' }, threshold: documents },
  'dead-letter': {
    what: { vi: 'Sự kiện bị bỏ sau nhiều lần thử', en: 'Events given up after many tries' },
    threshold: { vi: 'Từ bao nhiêu sự kiện', en: 'From how many events' },
  },
  queue: {
    what: { vi: 'Tồn đọng tăng', en: 'A backlog grows' },
    threshold: {
      vi: 'Đến nhiều hơn tải về bao nhiêu văn bản trong một giờ',
      en: 'How many more documents come than are fetched within an hour',
    },
  },
  certificates: {
    what: { vi: 'Chứng thư sắp hết hạn', en: 'Certificates end soon' },
    threshold: { vi: 'Trước bao nhiêu ngày', en: 'How many days ahead' },
  },
  'revocation-lists': {
    what: { vi: 'Danh sách thu hồi sắp hết hiệu lực', en: 'Revocation lists run out' },
    threshold: { vi: 'Trước bao nhiêu giờ', en: 'How many hours ahead' },
  },
  health: { what: { vi: 'Dịch vụ của trục gặp trục trặc', en: 'A service of the hub is not well' } },
}

/** Of the hub itself: for those who see the whole of it. */
export const hubKinds: ReadonlySet<AlertKind> = new Set(['dead-letter', 'revocation-lists', 'health'])

/** Counts documents of an urgency, whose subjects can be told. */
export const documentKinds: ReadonlySet<AlertKind> = new Set([
  'stuck',
  'held',
  'not-fetched',
  'late',
  'due-soon',
  'escalated',
  'refused',
  'failed',
])
