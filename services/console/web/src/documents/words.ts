import type { Bilingual } from '../language.tsx'

export const documentsWords = {
  title: { vi: 'Văn bản', en: 'Documents' },
  filters: { vi: 'Bộ lọc', en: 'Filters' },
  search: { vi: 'Tìm', en: 'Search' },
  clear: { vi: 'Bỏ lọc', en: 'Clear' },
  words: { vi: 'Từ khóa', en: 'Words' },
  number: { vi: 'Số, ký hiệu', en: 'Number/notation' },
  subject: { vi: 'Trích yếu', en: 'Subject' },
  sender: { vi: 'Mã cơ quan gửi', en: 'Sender code' },
  receiver: { vi: 'Mã cơ quan nhận', en: 'Receiver code' },
  type: { vi: 'Loại văn bản', en: 'Document type' },
  urgency: { vi: 'Độ khẩn', en: 'Urgency' },
  transport: { vi: 'Gửi nhận', en: 'Transport' },
  business: { vi: 'Xử lý', en: 'Handling' },
  fromLevel: { vi: 'Cấp gửi', en: 'Level of the sender' },
  toLevel: { vi: 'Cấp nhận', en: 'Level of a receiver' },
  issuedFrom: { vi: 'Ban hành từ ngày', en: 'Issued from' },
  issuedTo: { vi: 'đến ngày', en: 'to' },
  from: { vi: 'Trục nhận từ ngày', en: 'Accepted from' },
  to: { vi: 'đến hết ngày', en: 'to the end of' },
  any: { vi: 'Tất cả', en: 'Any' },
  from_: { vi: 'Cơ quan gửi', en: 'From' },
  to_: { vi: 'Cơ quan nhận', en: 'To' },
  standing: { vi: 'Tình trạng', en: 'Standing' },
  at: { vi: 'Trục nhận', en: 'Accepted' },
  caption: { vi: 'Danh sách văn bản, mới nhất trước', en: 'List of documents, newest first' },
  nothing: { vi: 'Không có văn bản nào khớp', en: 'No document matches' },
  nothingHint: {
    vi: 'Thử bớt điều kiện. Văn bản vừa gửi xuất hiện sau vài giây; văn bản ngoài phạm vi của bạn không hiện ở đây.',
    en: 'Try fewer conditions. A document appears some seconds after it was sent; what lies outside your scope is not shown here.',
  },
  next: { vi: 'Trang sau', en: 'Next page' },
  first: { vi: 'Về trang đầu', en: 'First page' },
  saved: { vi: 'Bộ lọc đã lưu', en: 'Saved filters' },
  saveName: { vi: 'Tên bộ lọc', en: 'Name of the filter' },
  save: { vi: 'Lưu bộ lọc này', en: 'Save this filter' },
  remove: { vi: 'Xóa bộ lọc', en: 'Remove filter' },
  hiddenSubject: { vi: 'Lưu hành nội bộ', en: 'Internal circulation' },
  noSubject: { vi: 'Không có trích yếu', en: 'No subject' },
  noNumber: { vi: 'Chưa có số', en: 'No number' },
  others: { vi: 'cơ quan khác', en: 'more' },
  quick: { vi: 'Lọc nhanh', en: 'Quick filters' },
  only: { vi: 'Chỉ văn bản có lượt', en: 'Only documents of which deliveries are' },
  eachReceiver: {
    vi: 'Mỗi cơ quan nhận là một lượt; số lượt khớp ghi ở cột “Nơi nhận”.',
    en: 'Each receiver is one delivery; how many match stands under “To”.',
  },
  since: { vi: 'từ', en: 'since' },
  before: { vi: 'trước', en: 'before' },
  showAll: { vi: 'Bỏ điều kiện này', en: 'Take this away' },
  match: { vi: 'lượt khớp', en: 'match' },
} as const satisfies Readonly<Record<string, Bilingual>>

/** What the first page counts as needing somebody. */
export const needWords: Readonly<Record<string, Bilingual>> = {
  stuck: { vi: 'chưa chuyển được quá hai phút', en: 'stuck for two minutes' },
  held: { vi: 'đang bị giữ lại', en: 'held back' },
  'not-fetched': { vi: 'quá hạn mà bên nhận chưa tải về', en: 'past their deadline and not fetched yet' },
  late: { vi: 'đã tải về nhưng quá hạn tiếp nhận, xử lý', en: 'fetched, and late' },
  refused: { vi: 'bị từ chối tiếp nhận trong 24 giờ qua', en: 'refused within 24 hours' },
  failed: { vi: 'không giao được trong 24 giờ qua', en: 'not delivered within 24 hours' },
}

/** What the first page counts of the exchange. */
export const stepWords: Readonly<Record<string, Bilingual>> = {
  accepted: { vi: 'Trục nhận', en: 'accepted' },
  fetched: { vi: 'được tải về lần đầu', en: 'fetched for the first time' },
  acknowledged: { vi: 'được bên nhận lưu', en: 'stored by the receiver' },
}

export const urgencyWords: readonly Bilingual[] = [
  { vi: 'Thường', en: 'Normal' },
  { vi: 'Khẩn', en: 'Urgent' },
  { vi: 'Thượng khẩn', en: 'Very urgent' },
  { vi: 'Hỏa tốc', en: 'Most urgent' },
  { vi: 'Hỏa tốc', en: 'Most urgent' },
]

export const transportWords: Readonly<Record<string, Bilingual>> = {
  accepted: { vi: 'Trục đã nhận', en: 'Accepted' },
  routed: { vi: 'Trục đã nhận, đang chuyển', en: 'Accepted, on its way' },
  held: { vi: 'Đang giữ lại để kiểm tra', en: 'Held for a check' },
  available: { vi: 'Chờ bên nhận lấy về', en: 'Waiting for receiver' },
  fetched: { vi: 'Đã tải về', en: 'Fetched' },
  acknowledged: { vi: 'Bên nhận đã lưu', en: 'Stored by receiver' },
  failed: { vi: 'Không giao được', en: 'Not delivered' },
  withdrawn: { vi: 'Đã rút lại', en: 'Withdrawn' },
  expired: { vi: 'Hết hạn', en: 'Expired' },
}

export const businessWords: Readonly<Record<string, Bilingual>> = {
  '01': { vi: 'Đã đến', en: 'Arrived' },
  '02': { vi: 'Từ chối tiếp nhận', en: 'Refused' },
  '03': { vi: 'Đã tiếp nhận', en: 'Accepted into the register' },
  '04': { vi: 'Đã phân công xử lý', en: 'Assigned' },
  '05': { vi: 'Đang xử lý', en: 'Being processed' },
  '06': { vi: 'Hoàn thành', en: 'Finished' },
  '13': { vi: 'Yêu cầu lấy lại', en: 'Take-back asked' },
  '15': { vi: 'Đồng ý cập nhật, lấy lại', en: 'Agreed to update, take-back' },
  '16': { vi: 'Từ chối cập nhật, lấy lại', en: 'Refused update, take-back' },
}
