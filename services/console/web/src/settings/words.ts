import type { Bilingual, Counted } from '../bilingual.ts'

export const settingsWords = {
  title: { vi: 'Thiết lập của trục', en: 'Settings of the hub' },
  lead: {
    vi: 'Trục tính hạn theo lịch nào, áp dụng quy định nào, lưu giữ bao lâu.',
    en: 'By which calendar the hub reckons deadlines, which rules hold, and how long it keeps what.',
  },
  people: { vi: 'Người dùng', en: 'People' },
  calendar: { vi: 'Lịch làm việc', en: 'Calendar' },
  year: { vi: 'Năm', en: 'Year' },
  confirmed: { vi: 'đã xác nhận đủ', en: 'confirmed as whole' },
  unconfirmed: { vi: 'chưa xác nhận', en: 'not confirmed' },
  unconfirmedHint: {
    vi: 'Có thể còn thiếu ngày nghỉ hoán đổi; mọi hạn tính theo năm này đều kèm lưu ý đó.',
    en: 'Exchanged days may be missing; every deadline reckoned by this year says so.',
  },
  fromRelease: { vi: 'theo bản phát hành của phần mềm', en: 'as it came with the software' },
  fromOperator: { vi: 'do quản trị nhập', en: 'put in by an administrator' },
  holiday: { vi: 'Ngày nghỉ', en: 'Holiday' },
  daysOff: { vi: 'Từ ngày đến ngày', en: 'From and to' },
  noHolidays: { vi: 'Chưa có ngày nghỉ nào của năm này.', en: 'No holidays of this year are known.' },
  swapOff: { vi: 'nghỉ', en: 'off on' },
  swapWork: { vi: 'làm bù', en: 'made up for on' },
  swaps: { vi: 'Hoán đổi:', en: 'Exchanged:' },
  calendarHow: {
    vi: 'Thay lịch của một năm: docaxis admin put-year. Giờ làm việc của một cơ quan: docaxis admin put-hours.',
    en: 'Another calendar of a year: docaxis admin put-year. Working hours of an agency: docaxis admin put-hours.',
  },
  noCalendar: { vi: 'Chưa có lịch của năm nào', en: 'There is no calendar of any year' },
  hours: { vi: 'Giờ làm việc', en: 'Working hours' },
  everybody: { vi: 'Cơ quan không có giờ riêng:', en: 'Agencies without hours of their own:' },
  agency: { vi: 'Cơ quan, và cấp dưới', en: 'Agency, and all below' },
  noOwnHours: {
    vi: 'Không cơ quan nào trong phạm vi của bạn có giờ riêng.',
    en: 'No agency within your scope has hours of its own.',
  },
  rules: { vi: 'Quy định đang áp dụng', en: 'Rules in force' },
  rulesHow: {
    vi: 'Đặt trong cấu hình khi khởi động; tên biến ghi nhỏ bên dưới.',
    en: 'Set where the hub is started; the name of each setting stands small below it.',
  },
  retention: { vi: 'Lưu giữ', en: 'What is kept' },
  forGood: { vi: 'không tự xóa', en: 'never deleted by itself' },
} as const satisfies Readonly<Record<string, Bilingual>>

export const units = {
  minutes: { vi: 'phút', en: 'minutes', one: 'minute' },
  workingMinutes: { vi: 'phút làm việc', en: 'working minutes', one: 'working minute' },
  days: { vi: 'ngày', en: 'days', one: 'day' },
  hours: { vi: 'giờ', en: 'hours', one: 'hour' },
  times: { vi: 'lần', en: 'times', one: 'time' },
  calls: { vi: 'lần gọi mỗi phút', en: 'calls a minute', one: 'call a minute' },
  lastCalls: { vi: 'lần gọi gần nhất', en: 'last calls', one: 'last call' },
} as const satisfies Readonly<Record<string, Counted>>

export const ruleWords = {
  environment: { vi: 'Môi trường', en: 'Environment' },
  urgent: { vi: 'Văn bản khẩn phải được tải về trong', en: 'Urgent documents are to be fetched within' },
  veryUrgent: { vi: 'Thượng khẩn', en: 'Very urgent' },
  mostUrgent: { vi: 'Hỏa tốc', en: 'Most urgent' },
  lease: { vi: 'Tải về mà không xác nhận: chờ lại sau', en: 'Fetched and not confirmed: offered again after' },
  attempts: { vi: 'Giao hỏng tối đa', en: 'Failed hand-overs at most' },
  largest: { vi: 'Gói tin lớn nhất', en: 'Largest packet' },
  calls: { vi: 'Mỗi hệ thống được gọi', en: 'Each system may make' },
  anchors: { vi: 'Thêm hay bỏ gốc tin cậy', en: 'To add or retire a trust anchor' },
  late: { vi: 'Con dấu bị thu hồi khi văn bản đang đi', en: 'Seal revoked while a document is under way' },
  malware: { vi: 'Quét mã độc', en: 'Scan for malware' },
} as const satisfies Readonly<Record<string, Bilingual>>

export const environmentWords = {
  test: { vi: 'thử nghiệm', en: 'test' },
  production: { vi: 'chính thức', en: 'production' },
} as const

export const anchorWords = {
  one: { vi: 'một người quyết định', en: 'one person decides' },
  two: { vi: 'cần hai người', en: 'it takes two people' },
} as const

export const lateWords = {
  record: { vi: 'ghi nhận, văn bản vẫn đi', en: 'recorded; the document goes on' },
  hold: { vi: 'giữ lại chờ người vận hành', en: 'held until an operator decides' },
} as const

export const malwareWords = {
  off: { vi: 'không quét', en: 'off' },
  record: { vi: 'quét và ghi nhận', en: 'scanned; what is found is shown' },
  refuse: { vi: 'chưa quét thì không nhận', en: 'nothing is accepted unscanned' },
} as const

export const keptWords = {
  documents: {
    vi: 'Văn bản, biên nhận, bằng chứng, nhật ký',
    en: 'Documents, receipts, evidence, audit log',
  },
  webhook: { vi: 'Tin báo webhook đã xong', en: 'Settled messages to webhooks' },
  alerts: { vi: 'Cảnh báo đã gửi', en: 'Alerts that were sent' },
  keys: { vi: 'Khóa chống gửi trùng', en: 'Keys against sending twice' },
  calls: { vi: 'Lần gọi VXP của mỗi hệ thống', en: 'VXP calls of each system' },
  pulse: { vi: 'Số liệu từng phút của trang Hiện tại', en: 'Counts by minute of the page Now' },
} as const satisfies Readonly<Record<string, Bilingual>>
