import type { Bilingual } from '../language.tsx'
import type { AttentionKind } from './now-view.ts'

interface AttentionWords {
  /** After the number. */
  readonly what: Bilingual
  /** The same in English after one. */
  readonly one?: string
  /** What it means, or why it is so. */
  readonly why?: Bilingual
  readonly action: Bilingual
}

export const attentionWords: Readonly<Record<AttentionKind, AttentionWords>> = {
  authorities: {
    what: { vi: 'tổ chức chứng thực không có tin thu hồi mới', en: 'authorities give no fresh word on revocation' },
    one: 'authority gives no fresh word on revocation',
    why: {
      vi: 'chữ ký dựa vào các tổ chức này sắp không kiểm chứng được',
      en: 'seals of these authorities will soon not be proved',
    },
    action: { vi: 'Xem tổ chức chứng thực', en: 'See the authorities' },
  },
  'dead-letter': {
    what: { vi: 'sự kiện bị bỏ sau nhiều lần thử', en: 'events given up after many tries' },
    one: 'event given up after many tries',
    action: { vi: 'Xem và chạy lại', en: 'See and replay' },
  },
  stuck: {
    what: { vi: 'lượt chưa chuyển được', en: 'stuck' },
    why: { vi: 'quá hai phút mà chưa tới hộp của bên nhận', en: 'not in the receiver’s mailbox after two minutes' },
    action: { vi: 'Xem văn bản kẹt', en: 'See what is stuck' },
  },
  failed: {
    what: { vi: 'lượt không giao được trong 24 giờ qua', en: 'not delivered within 24 hours' },
    action: { vi: 'Xem lý do', en: 'See why' },
  },
  'ending-soon': {
    what: { vi: 'chứng thư hết hạn trong 7 ngày', en: 'certificates end within 7 days' },
    one: 'certificate ends within 7 days',
    why: { vi: 'hết hạn thì cơ quan giữ nó không gửi được', en: 'then their holders can send nothing' },
    action: { vi: 'Xem chứng thư', en: 'See the certificates' },
  },
  held: {
    what: { vi: 'lượt đang bị giữ lại', en: 'held back' },
    action: { vi: 'Xem văn bản bị giữ', en: 'See what is held' },
  },
  'not-fetched': {
    what: { vi: 'lượt quá hạn mà bên nhận chưa tải về', en: 'past their deadline and not fetched yet' },
    action: { vi: 'Xem ai chưa tải', en: 'See who has not fetched' },
  },
  late: {
    what: { vi: 'lượt đã tải về nhưng quá hạn tiếp nhận, xử lý', en: 'fetched, and late' },
    action: { vi: 'Xem văn bản quá hạn', en: 'See what is late' },
  },
  refused: {
    what: { vi: 'lượt bị từ chối tiếp nhận trong 24 giờ qua', en: 'refused within 24 hours' },
    action: { vi: 'Xem lý do từ chối', en: 'See why' },
  },
  ending: {
    what: { vi: 'chứng thư hết hạn trong 30 ngày', en: 'certificates end within 30 days' },
    one: 'certificate ends within 30 days',
    action: { vi: 'Xem chứng thư', en: 'See the certificates' },
  },
}
