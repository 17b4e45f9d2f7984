import type { AlertKind, AlertRule } from '@docaxis/store/console'

type Language = AlertRule['language']

interface KindWords {
  readonly title: string
  /** After the count of a finding; absent where a finding is one thing. */
  readonly counted?: string
  /** Before the moment since, or until, when. */
  readonly since: string
}

const vi: Readonly<Record<AlertKind, KindWords>> = {
  stuck: { title: 'Văn bản chưa chuyển được', counted: 'văn bản', since: 'từ' },
  held: { title: 'Văn bản bị giữ lại', counted: 'lượt', since: 'từ' },
  'not-fetched': { title: 'Quá hạn mà bên nhận chưa tải về', counted: 'văn bản', since: 'quá hạn từ' },
  late: { title: 'Đã tải về nhưng quá hạn tiếp nhận, xử lý', counted: 'văn bản', since: 'quá hạn từ' },
  'due-soon': { title: 'Sắp đến hạn tiếp nhận, xử lý', counted: 'văn bản', since: 'hạn sớm nhất' },
  escalated: { title: 'Quá hạn, đã báo lên cấp trên', counted: 'văn bản', since: 'quá hạn từ' },
  refused: { title: 'Bị từ chối tiếp nhận trong 24 giờ qua', counted: 'văn bản', since: 'từ' },
  failed: { title: 'Không giao được trong 24 giờ qua', counted: 'văn bản', since: 'từ' },
  'dead-letter': { title: 'Sự kiện bị bỏ sau nhiều lần thử', counted: 'sự kiện', since: 'từ' },
  queue: { title: 'Tồn đọng tăng', counted: 'văn bản đến nhiều hơn tải về trong một giờ', since: 'từ' },
  certificates: { title: 'Chứng thư sắp hết hạn', since: 'hết hạn lúc' },
  'revocation-lists': { title: 'Danh sách thu hồi sắp hết hiệu lực', since: 'hiệu lực đến' },
  health: { title: 'Dịch vụ của trục gặp trục trặc', since: 'kiểm tra lúc' },
}

const en: Readonly<Record<AlertKind, KindWords>> = {
  stuck: { title: 'Documents are stuck', counted: 'documents', since: 'since' },
  held: { title: 'Documents are held back', counted: 'deliveries', since: 'since' },
  'not-fetched': { title: 'Past their deadline and not fetched', counted: 'documents', since: 'late since' },
  late: { title: 'Fetched, and late', counted: 'documents', since: 'late since' },
  'due-soon': { title: 'Due soon', counted: 'documents', since: 'first due' },
  escalated: { title: 'Late, and told to the agency above', counted: 'documents', since: 'late since' },
  refused: { title: 'Refused within 24 hours', counted: 'documents', since: 'since' },
  failed: { title: 'Not delivered within 24 hours', counted: 'documents', since: 'since' },
  'dead-letter': { title: 'Events given up after many tries', counted: 'events', since: 'since' },
  queue: { title: 'A backlog grows', counted: 'more documents came than were fetched within an hour', since: 'since' },
  certificates: { title: 'Certificates end soon', since: 'ends' },
  'revocation-lists': { title: 'Revocation lists run out', since: 'valid until' },
  health: { title: 'A service of the hub is not well', since: 'checked' },
}

export const kindWords: Readonly<Record<Language, Readonly<Record<AlertKind, KindWords>>>> = { vi, en }

export const alertWords = {
  vi: {
    test: 'MÔI TRƯỜNG THỬ NGHIỆM',
    urgent: 'HỎA TỐC',
    whole: 'Toàn phạm vi',
    numbers: 'số, ký hiệu',
    unnumbered: 'không số',
    further: (count: number) => `và ${count} mục khác`,
    see: 'Xem:',
    once: 'Chỉ báo lại khi hết rồi tái diễn, hoặc khi tăng lên.',
  },
  en: {
    test: 'TEST ENVIRONMENT',
    urgent: 'MOST URGENT',
    whole: 'All that you see',
    numbers: 'number/notation',
    unnumbered: 'without a number',
    further: (count: number) => `and ${count} more`,
    see: 'See:',
    once: 'Told again only when it ends and comes back, or grows.',
  },
} as const satisfies Readonly<Record<Language, unknown>>
