import { localTime } from '@docaxis/signature'
import type { TransportState } from '../answers.ts'

export type Language = 'vi' | 'en'

/** `--lang`, else the language of the terminal, else English. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return locale.toLowerCase().startsWith('vi') ? 'vi' : 'en'
}

export type Pair = readonly [vi: string, en: string]

const levels: Readonly<Record<string, Pair>> = {
  central: ['trung ương', 'central'],
  province: ['cấp tỉnh', 'province'],
  district: ['cấp huyện', 'district'],
  commune: ['cấp xã', 'commune'],
}

const transportStates: Readonly<Record<TransportState, Pair>> = {
  accepted: ['Trục đã nhận', 'accepted'],
  held: ['Trục đang giữ để kiểm tra', 'held for a check'],
  routed: ['Trục đã nhận', 'accepted'],
  available: ['chờ bên nhận lấy về', 'waiting for receiver'],
  fetched: ['đã tải về', 'fetched'],
  acknowledged: ['bên nhận đã lưu', 'stored by receiver'],
  failed: ['không giao được', 'not delivered'],
  withdrawn: ['đã rút lại', 'withdrawn'],
  expired: ['hết hạn', 'expired'],
}

const businessStates: Readonly<Record<string, Pair>> = {
  '01': ['đã đến', 'arrived'],
  '02': ['từ chối tiếp nhận', 'refused'],
  '03': ['đã tiếp nhận', 'accepted into the register'],
  '04': ['đã phân công xử lý', 'assigned'],
  '05': ['đang xử lý', 'being processed'],
  '06': ['hoàn thành', 'finished'],
  '13': ['yêu cầu lấy lại', 'take-back asked'],
  '15': ['đồng ý (cập nhật, lấy lại)', 'agreed (update, take-back)'],
  '16': ['từ chối (cập nhật, lấy lại)', 'refused (update, take-back)'],
}

const priorities: readonly Pair[] = [
  ['thường', 'normal'],
  ['khẩn', 'urgent'],
  ['thượng khẩn', 'very urgent'],
  ['hỏa tốc', 'most urgent'],
  ['hỏa tốc hẹn giờ', 'most urgent (timed)'],
]

const verdicts: Readonly<Record<string, Pair>> = {
  VALID: ['hợp lệ', 'valid'],
  INVALID: ['không hợp lệ', 'not valid'],
  INDETERMINATE: ['chưa kết luận được', 'not decided yet'],
}

const checks: Readonly<Record<string, Pair>> = {
  NOT_SIGNED: ['tệp không có chữ ký số', 'not signed'],
  waiting: ['đang chờ kiểm tra chữ ký', 'signatures are being checked'],
}

const malwareResults: Readonly<Record<string, Pair>> = {
  clean: ['không thấy mã độc', 'no malware found'],
  infected: ['CÓ MÃ ĐỘC', 'HOLDS MALWARE'],
  unscanned: ['chưa quét được mã độc', 'not scanned for malware'],
}

const receiptKinds: Readonly<Record<string, Pair>> = {
  acceptance: ['biên nhận Trục đã nhận', 'receipt of acceptance'],
  refusal: ['biên nhận từ chối', 'receipt of refusal'],
  delivery: ['biên nhận bên nhận đã lưu', 'receipt of delivery'],
  'non-delivery': ['biên nhận không giao được', 'receipt of non-delivery'],
  'missed-deadline': ['chứng nhận quá hạn', 'evidence of a missed deadline'],
}

const messages = {
  accepted: ['Trục đã nhận văn bản.', 'The hub accepted the document.'],
  repeated: [
    'Trục đã nhận gói tin này trước đây; không gửi lần nữa.',
    'The hub had this file before; nothing was sent twice.',
  ],
  wouldAccept: ['Gói tin đạt yêu cầu; có thể gửi.', 'The envelope meets the rules and can be sent.'],
  wouldRefuse: ['Gói tin chưa đạt yêu cầu:', 'The envelope does not meet the rules:'],
  warnings: ['Cảnh báo:', 'Warnings:'],
  signature: ['chữ ký số', 'signature'],
  id: ['mã trên Trục', 'hub id'],
  documentId: ['mã văn bản', 'document id'],
  sha256: ['SHA-256', 'SHA-256'],
  size: ['dung lượng', 'size'],
  at: ['lúc', 'at'],
  nextDocument: ['Theo dõi: docaxis document', 'Follow it: docaxis document'],
  emptyInbox: ['Không có văn bản nào đang chờ.', 'Nothing is waiting.'],
  confirmed: ['đã xác nhận', 'confirmed'],
  notConfirmed: ['CHƯA xác nhận', 'NOT confirmed'],
  exchanged: ['hoán đổi ngày làm việc', 'exchanged days'],
  nothingLate: ['Không có việc nào.', 'Nothing is owed.'],
  lateHead: ['MÃ LẦN GIAO,CƠ QUAN GỬI,CƠ QUAN NHẬN,HẠN,QUÁ HẠN,VIỆC', 'DELIVERY,SENDER,RECEIVER,DUE,LATE BY,WHAT'],
  emptyAgencies: ['Không tìm thấy cơ quan nào.', 'No agency found.'],
  emptyReceipts: ['Chưa có biên nhận nào.', 'No receipts yet.'],
  inboxHead: [
    'MÃ LẦN GIAO,LOẠI,CƠ QUAN GỬI,CƠ QUAN NHẬN,ĐỘ KHẨN,TRÍCH YẾU',
    'DELIVERY,KIND,SENDER,RECEIVER,URGENCY,SUBJECT',
  ],
  agencyHead: ['MÃ,CẤP,TÊN,TRỰC THUỘC,GHI CHÚ', 'CODE,LEVEL,NAME,PARENT,NOTE'],
  receiptHead: ['MÃ,LOẠI,LÚC,VĂN BẢN', 'ID,KIND,AT,DOCUMENT'],
  document: ['văn bản', 'document'],
  status: ['thông báo trạng thái', 'status message'],
  fetched: ['Đã tải về', 'Fetched'],
  acknowledged: ['Đã báo cho cơ quan gửi: bên nhận đã lưu.', 'Acknowledged: the sender sees it as stored.'],
  ackFailed: ['Đã báo: không lưu được.', 'Reported: it could not be stored.'],
  reported: ['Đã báo trạng thái', 'Reported'],
  from: ['Cơ quan gửi', 'From'],
  number: ['Số', 'No.'],
  receivers: ['Cơ quan nhận', 'Receivers'],
  receipts: ['Biên nhận', 'Receipts'],
  notSigned: ['đang ký', 'being signed'],
  by: ['do', 'by'],
  closed: ['đã đóng', 'closed'],
  successor: ['kế thừa:', 'successor:'],
  notConnected: ['chưa kết nối', 'not connected'],
  signed: ['Đã ký vào', 'Signed into'],
  written: ['Đã ghi', 'Wrote'],
  stampGood: [
    'Dấu thời gian ĐÚNG: biên nhận đã có vào lúc này.',
    'Time stamp VALID: the receipt existed at this time.',
  ],
  stampBad: ['Dấu thời gian KHÔNG chứng minh được.', 'The time stamp does NOT hold.'],
  notStamped: [
    'Biên nhận chưa có dấu thời gian, hãy thử lại sau.',
    'The receipt has no time stamp yet; try again later.',
  ],
  receiptGood: [
    'Biên nhận đúng là do Trục ký và không bị sửa đổi.',
    'The receipt was signed by the hub and has not been changed.',
  ],
  receiptBad: ['Biên nhận không tin cậy được.', 'The receipt cannot be trusted.'],
  tryAgainIn: ['thử lại sau', 'trying again in'],
  expected: ['cần thấy', 'expected'],
  fix: ['Cách xử lý', 'What to do'],
  imported: ['Đã nhập', 'Imported'],
  wouldImport: ['Sẽ nhập (chưa ghi gì)', 'Would import (nothing written)'],
  passwordOnce: ['Mật khẩu, chỉ hiện một lần', 'Password, shown once'],
  disabled: ['đã ngừng', 'disabled'],
  revoked: ['đã thu hồi', 'revoked'],
  until: ['đến', 'until'],
  ended: ['đã kết thúc', 'ended'],
  crlOlder: ['Không thay đổi: Trục đã có danh sách mới hơn', 'Unchanged: the hub has a newer list'],
  badCertificateFile: ['Tệp chứng thư số không đọc được', 'The certificate file cannot be read'],
  bound: ['Đã gắn chứng thư', 'Certificate bound'],
  trusted: ['Đã tin cậy', 'Trusted'],
  registered: ['Đã đăng ký', 'Registered'],
  secondOperator: [
    'Chờ người quản trị thứ hai xác nhận: docaxis trust request confirm MÃ',
    'Waits for a second operator: docaxis trust request confirm ID',
  ],
  suspended: ['đang tạm dừng', 'suspended'],
  resumed: ['đã dùng lại', 'resumed'],
  role: ['vai trò', 'role'],
  anchor: ['gốc tin cậy', 'trust anchor'],
  intermediate: ['trung gian', 'intermediate'],
  revocation: ['kiểm tra thu hồi', 'revocation'],
  list: ['danh sách', 'list'],
  partial: ['một phần', 'partial'],
  never: ['chưa lần nào', 'never'],
  lastGood: ['lần tốt gần nhất', 'last good'],
  next: ['lần tới', 'next'],
  failed: ['lỗi', 'failed'],
  askedSoon: ['Sẽ hỏi lại trong vài giây.', 'It is asked again within seconds.'],
  nothingHeld: ['Không có văn bản nào bị giữ.', 'Nothing is held.'],
  nothingExpires: ['Không có chứng thư nào sắp hết hạn.', 'No certificate ends soon.'],
  nobodyStops: ['không cơ quan nào bị dừng', 'nobody’s traffic stops'],
  theseStop: ['các cơ quan bị ảnh hưởng', 'agencies concerned'],
  stops: ['ngừng gửi được', 'stops'],
  anotherSeal: ['còn con dấu khác', 'has another seal'],
  in30Days: ['văn bản trong 30 ngày', 'documents in 30 days'],
  reformWould: ['Sẽ thay đổi', 'Would change'],
  reformDone: ['Đã thực hiện', 'Done'],
  reformWaits: ['Đã ghi, chờ đến ngày', 'Waits for its day'],
  reformCancelled: ['Đã hủy', 'Cancelled'],
  reformAgencies: [
    'cơ quan (lập, đóng, đổi tên, chuyển, đổi trung tâm)',
    'agencies (opened, closed, renamed, moved, rehomed)',
  ],
  reformSystems: ['hệ thống liên quan (gán thêm)', 'systems affected (bound)'],
  reformCertificates: ['chứng thư số + ủy quyền hết hiệu lực', 'certificates + mandates that end'],
  reformDocuments: ['văn bản đang gửi', 'documents under way'],
  reformMoved: ['chuyển cơ quan kế thừa', 'to the successor'],
  reformReturned: ['trả lại bên gửi kèm lý do', 'back to the sender with the reason'],
  reformUnrouted: ['chưa phân phối, sẽ chuyển sau', 'not routed yet, go the same way'],
  reformTasks: ['việc chưa xong (có kế thừa), đề nghị chờ', 'unfinished (inherited), requests'],
  emptyDeadLetters: ['Không có sự kiện nào bị bỏ lại.', 'No event was given up.'],
  deadLetterHead: ['MÃ,LÚC,SỰ KIỆN,LỖI,GHI CHÚ,LÝ DO', 'ID,AT,EVENT,CODE,NOTE,REASON'],
  replayed: ['đã đưa vào xử lý lại', 'replayed'],
  doctorGood: ['Không có vấn đề gì.', 'Nothing is wrong.'],
  doctorBad: ['Có vấn đề cần xử lý trước khi chạy.', 'Something needs attention first.'],
  settings: ['Thiết lập', 'Settings'],
  attachments: ['Tệp đính kèm', 'Attachments'],
  seal: ['chữ ký của gói tin', 'seal of the envelope'],
  nextVerify: [
    'Kiểm tra lại không cần mạng: docaxis verify evidence',
    'Repeat the verdicts offline: docaxis verify evidence',
  ],
  nextVerifyReceived: [
    'Kiểm tra lại với gói tin đã nhận: docaxis verify evidence --envelope TỆP',
    'Repeat the verdicts with the envelope you received: docaxis verify evidence --envelope FILE',
  ],
  otherEnvelope: [
    'Gói tin này không phải là gói mà Trục đã kết luận.',
    'The envelope is not the one that the verdicts are on.',
  ],
  repeatedSame: [
    'Kiểm tra lại từ chứng cứ lưu giữ cho kết luận như lần đầu:',
    'Judged again from the evidence alone, with the verdicts of the first time:',
  ],
  repeatedOther: [
    'Kiểm tra lại từ chứng cứ lưu giữ cho kết luận khác lần đầu:',
    'Judged again from the evidence alone, with other verdicts than the first time:',
  ],
  asBefore: ['như lần đầu', 'as before'],
  now: ['lần này', 'now'],
  noWebhooks: ['Chưa đăng ký webhook nào.', 'No webhook is registered.'],
  webhookHead: ['MÃ,TÌNH TRẠNG,CHỜ,THẤT BẠI,ĐỊA CHỈ,LỖI GẦN NHẤT', 'ID,STATE,WAITING,FAILED,ADDRESS,LAST FAILURE'],
  webhookMessageHead: ['MÃ,LÚC,LOẠI,TÌNH TRẠNG,LẦN GỬI,KẾT QUẢ', 'ID,AT,TYPE,STATE,TRIES,OUTCOME'],
  secretOnce: ['khóa bí mật, chỉ hiện lần này', 'secret, shown this once'],
  removed: ['đã xóa', 'removed'],
  noVxpCalls: ['Chưa có lệnh VXP nào của hệ thống này.', 'No VXP call of this system yet.'],
} as const satisfies Record<string, Pair>

export type MessageKey = keyof typeof messages

/** The hub's words for people, in one language. Unknown values are shown as they are. */
export interface Words {
  readonly language: Language
  say(key: MessageKey): string
  level(level: string): string
  transport(state: string): string
  business(code: string): string
  priority(priority: number): string
  verdict(verdict: string): string
  receiptKind(kind: string): string
  /** Where the check of a file's signatures stands; empty where nobody asks. */
  check(state: string, code: string | null): string
  /** Null: not scanned yet. */
  malware(result: string | null): string
  /** The side of a bilingual text that is wanted. */
  pick(text: { readonly vi: string; readonly en: string }): string
  /** Days, hours or minutes, whichever says most. */
  duration(minutes: number): string
  /** Day and time at UTC+7, the zone of every office the hub serves. */
  time(at: string): string
}

export function wordsIn(language: Language): Words {
  const side = language === 'vi' ? 0 : 1
  const look = (table: Readonly<Record<string, Pair>>, key: string): string => table[key]?.[side] ?? key
  return {
    language,
    say: key => messages[key][side],
    level: level => look(levels, level),
    transport: state => look(transportStates, state),
    business: code => look(businessStates, code),
    priority: priority => priorities[priority]?.[side] ?? String(priority),
    verdict: verdict => look(verdicts, verdict),
    receiptKind: kind => look(receiptKinds, kind),
    check: (state, code) => (checks[code ?? ''] ?? checks[state])?.[side] ?? '',
    malware: result => look(malwareResults, result ?? 'unscanned'),
    pick: text => text[language],
    duration: minutes => durationIn(side, minutes),
    time: localTime,
  }
}

const spans: readonly (readonly [minutes: number, vi: string, en: string])[] = [
  [24 * 60, 'ngày', 'd'],
  [60, 'giờ', 'h'],
  [1, 'phút', 'min'],
]

function durationIn(side: 0 | 1, minutes: number): string {
  const [length, ...names] = spans.find(([least]) => minutes >= least) ?? [1, 'phút', 'min']
  return `${Math.floor(minutes / length)} ${names[side]}`
}
