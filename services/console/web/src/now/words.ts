import type { Bilingual } from '../language.tsx'

export const nowWords = {
  title: { vi: 'Hiện tại', en: 'Now' },
  live: { vi: 'Trực tiếp', en: 'Live' },
  reconnecting: { vi: 'Mất kết nối trực tiếp, đang nối lại', en: 'The live line broke, connecting again' },
  attention: { vi: 'Cần xử lý', en: 'Needs attention' },
  calm: {
    vi: 'Không có việc gì cần xử lý: mọi văn bản đang đi đúng hạn.',
    en: 'Nothing needs attention: every document is on its way in time.',
  },
  since: { vi: 'từ', en: 'since' },
  first: { vi: 'sớm nhất', en: 'the first' },
  mostly: { vi: 'nhiều nhất:', en: 'most for' },
  orMore: { vi: 'trở lên', en: 'or more' },
  further: { vi: 'loại việc khác, ít gấp hơn', en: 'further kinds, less urgent' },
  ofDocuments: { vi: 'văn bản', en: 'documents' },
  ofOneDocument: { vi: 'văn bản', en: 'document' },
  flow: { vi: 'Luồng văn bản giữa các cấp', en: 'Flow between the levels' },
  pulse: { vi: 'Nhịp trong 24 giờ', en: 'Pulse of 24 hours' },
  health: { vi: 'Tình trạng hệ thống', en: 'Health' },
  sends: { vi: 'gửi', en: 'sent' },
  receives: { vi: 'nhận', en: 'received' },
  sender: { vi: 'Cấp gửi', en: 'From' },
  receiver: { vi: 'Cấp nhận', en: 'To' },
  to: { vi: 'gửi', en: 'to' },
  lastHour: { vi: 'Trong giờ qua', en: 'Within the last hour' },
  counting: {
    vi: 'Mỗi cơ quan nhận của một văn bản tính là một lượt.',
    en: 'Each receiver of a document counts once.',
  },
  underWay: {
    vi: 'Văn bản nơi khác gửi mà chưa tới hộp của bên nhận thì đã tính ở “Trục nhận”, nhưng chưa mở xem được.',
    en: 'What others sent counts as accepted at once, and is listed once it has come to the receiver’s mailbox.',
  },
  deliveries: { vi: 'lượt', en: 'deliveries' },
  accepted: { vi: 'Trục nhận', en: 'Accepted' },
  fetched: { vi: 'Đã tải về', en: 'Fetched' },
  acknowledged: { vi: 'Bên nhận lưu', en: 'Stored' },
  untilFetched: { vi: 'Chờ tải về, trung bình', en: 'Until fetched, on average' },
  late: { vi: 'Quá hạn', en: 'Late' },
  nothingLate: { vi: 'không có lượt nào quá hạn', en: 'none is late' },
  noFlow: {
    vi: 'Trong giờ qua chưa có văn bản nào được gửi. Khi có, hình sẽ tự hiện ở đây.',
    en: 'No document was sent within the last hour. The picture appears here by itself when one is.',
  },
  hour: { vi: 'Giờ', en: 'Hour' },
  perMinute: { vi: 'Số lượt mỗi phút', en: 'Deliveries per minute' },
  noPulse: {
    vi: 'Chưa có văn bản nào qua trục trong 24 giờ qua.',
    en: 'No document has passed the hub within 24 hours.',
  },
  services: { vi: 'Dịch vụ', en: 'Services' },
  parts: { vi: 'Nền tảng', en: 'What they stand on' },
  checked: { vi: 'kiểm tra', en: 'checked' },
  noHealth: {
    vi: 'Các dịch vụ chưa báo tình trạng lần nào. Chờ 15 giây.',
    en: 'No service has told how it is yet. Wait 15 seconds.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>

export const healthStates = {
  good: { vi: 'bình thường', en: 'good' },
  warning: { vi: 'cần để ý', en: 'to be looked at' },
  bad: { vi: 'hỏng', en: 'broken' },
  silent: { vi: 'không thấy báo', en: 'silent' },
} as const satisfies Readonly<Record<string, Bilingual>>

/** What services and checks are called; one that is not here is called as it calls itself. */
export const healthNames: Readonly<Record<string, Bilingual>> = {
  gateway: { vi: 'Cổng tiếp nhận', en: 'Gateway' },
  router: { vi: 'Định tuyến', en: 'Router' },
  delivery: { vi: 'Giao nhận', en: 'Delivery' },
  notary: { vi: 'Cấp biên nhận', en: 'Notary' },
  trust: { vi: 'Kiểm tra chứng thư', en: 'Trust' },
  push: { vi: 'Báo tin', en: 'Push' },
  console: { vi: 'Trang quản trị', en: 'Console' },
  database: { vi: 'Cơ sở dữ liệu', en: 'Database' },
  bus: { vi: 'Nhật ký sự kiện', en: 'Event log' },
  blobs: { vi: 'Kho tệp', en: 'File store' },
  clock: { vi: 'Đồng hồ', en: 'Clock' },
  'revocation lists': { vi: 'Danh sách thu hồi', en: 'Revocation lists' },
  authorities: { vi: 'Tổ chức chứng thực (CA)', en: 'Authorities (CA)' },
  'time stamps': { vi: 'Dấu thời gian (TSA)', en: 'Time stamps (TSA)' },
  'hub key': { vi: 'Khóa ký biên nhận', en: 'Key of receipts' },
  'webhook key': { vi: 'Khóa báo tin', en: 'Key of webhooks' },
  webhooks: { vi: 'Điểm nhận báo tin', en: 'Webhooks' },
}
