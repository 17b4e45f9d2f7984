import type { Bilingual } from '../bilingual.ts'

/** What stands before the first dot of an action: on what. */
const nouns: Readonly<Record<string, Bilingual>> = {
  access: { vi: 'truy cập', en: 'access' },
  account: { vi: 'tài khoản', en: 'account' },
  agency: { vi: 'cơ quan', en: 'agency' },
  alert: { vi: 'cảnh báo', en: 'alert' },
  'alert-destination': { vi: 'nơi nhận cảnh báo', en: 'destination of alerts' },
  'alert-rule': { vi: 'quy tắc cảnh báo', en: 'rule of alerts' },
  anchor: { vi: 'gốc tin cậy', en: 'trust anchor' },
  attachment: { vi: 'tệp đính kèm', en: 'attachment' },
  authority: { vi: 'tổ chức chứng thực', en: 'certificate authority' },
  calendar: { vi: 'lịch làm việc', en: 'calendar' },
  certificate: { vi: 'chứng thư', en: 'certificate' },
  crl: { vi: 'danh sách thu hồi', en: 'revocation list' },
  'dead-letter': { vi: 'sự kiện bị bỏ', en: 'dead letter' },
  delivery: { vi: 'văn bản ở bên nhận', en: 'delivery' },
  directory: { vi: 'danh mục cơ quan', en: 'directory' },
  document: { vi: 'văn bản', en: 'document' },
  'hub-certificate': { vi: 'chứng thư của trục', en: "hub's certificate" },
  mandate: { vi: 'ủy quyền', en: 'mandate' },
  receipt: { vi: 'biên nhận', en: 'receipt' },
  'register-total': { vi: 'số liệu sổ văn bản', en: 'totals of registers' },
  system: { vi: 'hệ thống', en: 'system' },
  token: { vi: 'mã truy cập', en: 'token' },
  'trust-request': { vi: 'đề nghị về tin cậy', en: 'trust request' },
  vxp: { vi: 'kết nối VXP', en: 'VXP connection' },
  'vxp-secret': { vi: 'khóa VXP', en: 'VXP secret' },
  webhook: { vi: 'webhook', en: 'webhook' },
  'webhook-secret': { vi: 'khóa webhook', en: 'webhook secret' },
}

/** What stands after it: what was done. */
const verbs: Readonly<Record<string, Bilingual>> = {
  accept: { vi: 'Nhận', en: 'Accept' },
  acknowledge: { vi: 'Xác nhận đã lưu', en: 'Acknowledge' },
  add: { vi: 'Thêm', en: 'Add' },
  approve: { vi: 'Chấp thuận', en: 'Approve' },
  begin: { vi: 'Bắt đầu dùng', en: 'Begin' },
  bind: { vi: 'Gắn', en: 'Bind' },
  change: { vi: 'Sửa', en: 'Change' },
  check: { vi: 'Kiểm tra', en: 'Check' },
  confirm: { vi: 'Xác nhận', en: 'Confirm' },
  create: { vi: 'Tạo', en: 'Create' },
  deny: { vi: 'Từ chối', en: 'Deny' },
  disable: { vi: 'Khóa', en: 'Disable' },
  enable: { vi: 'Mở lại', en: 'Enable' },
  end: { vi: 'Kết thúc', en: 'End' },
  fail: { vi: 'Báo hỏng', en: 'Fail' },
  fetch: { vi: 'Tải', en: 'Fetch' },
  flag: { vi: 'Đánh dấu', en: 'Flag' },
  import: { vi: 'Nhập', en: 'Import' },
  issue: { vi: 'Cấp', en: 'Issue' },
  move: { vi: 'Chuyển', en: 'Move' },
  password: { vi: 'Đổi mật khẩu', en: 'Change the password of' },
  reform: { vi: 'Sắp xếp lại', en: 'Reform' },
  refresh: { vi: 'Cập nhật', en: 'Refresh' },
  refuse: { vi: 'Từ chối', en: 'Refuse' },
  put: { vi: 'Nhập', en: 'Enter' },
  register: { vi: 'Đăng ký', en: 'Register' },
  reject: { vi: 'Bác', en: 'Reject' },
  release: { vi: 'Cho đi tiếp', en: 'Release' },
  remove: { vi: 'Bỏ', en: 'Remove' },
  replay: { vi: 'Chạy lại', en: 'Replay' },
  reset: { vi: 'Cấp lại mật khẩu', en: 'Reset' },
  resume: { vi: 'Dùng lại', en: 'Resume' },
  retry: { vi: 'Gửi lại', en: 'Send again' },
  retire: { vi: 'Thôi dùng', en: 'Retire' },
  return: { vi: 'Trả về', en: 'Return' },
  revoke: { vi: 'Thu hồi', en: 'Revoke' },
  route: { vi: 'Định tuyến', en: 'Route' },
  stamp: { vi: 'Đóng dấu thời gian', en: 'Time-stamp' },
  suspend: { vi: 'Tạm dừng', en: 'Suspend' },
  test: { vi: 'Gửi thử tới', en: 'Try out' },
  'totp-off': { vi: 'Tắt mã xác thực của', en: 'Switch off the second factor of' },
  'totp-on': { vi: 'Bật mã xác thực của', en: 'Switch on the second factor of' },
  unbind: { vi: 'Gỡ', en: 'Unbind' },
  withdraw: { vi: 'Rút lại', en: 'Withdraw' },
}

/** Actions whose words do not fall apart into verb and noun. */
const whole: Readonly<Record<string, Bilingual>> = {
  'authority.policy': {
    vi: 'Sửa chính sách của tổ chức chứng thực',
    en: 'Change the policy of a certificate authority',
  },
  'authority.source.add': { vi: 'Thêm nguồn danh sách thu hồi', en: 'Add a source of revocations' },
  'authority.source.remove': { vi: 'Bỏ nguồn danh sách thu hồi', en: 'Remove a source of revocations' },
  'calendar.put-hours': { vi: 'Đặt giờ làm việc', en: 'Set working hours' },
  'calendar.put-year': { vi: 'Đặt lịch làm việc của năm', en: 'Set the calendar of a year' },
  'console.view': { vi: 'Xem', en: 'View' },
  'console.ask': { vi: 'Yêu cầu', en: 'Ask for a change' },
  'console.sign-in': { vi: 'Đăng nhập', en: 'Sign in' },
  'console.sign-out': { vi: 'Đăng xuất', en: 'Sign out' },
  'console.sign-out-everywhere': { vi: 'Đăng xuất mọi nơi', en: 'Sign out everywhere' },
  'content.ask': { vi: 'Xin mở nội dung văn bản', en: 'Ask to open content' },
  'content.allow': { vi: 'Cho mở nội dung văn bản', en: 'Allow content to be opened' },
  'directory.reform.ask': { vi: 'Đề nghị sắp xếp đơn vị', en: 'Ask for a reform' },
  'directory.reform.cancel': { vi: 'Hủy đợt sắp xếp đơn vị', en: 'Call a reform off' },
  'content.refuse': { vi: 'Không cho mở nội dung văn bản', en: 'Refuse to open content' },
}

/** `account.create` as people say it; undefined for an action that has no words yet. */
export function actionText(action: string): Bilingual | undefined {
  const [subject = '', ...rest] = action.split('.')
  const noun = nouns[subject]
  const verb = verbs[rest.at(-1) ?? '']
  if (whole[action] || !noun || !verb) return whole[action]
  return { vi: `${verb.vi} ${noun.vi}`, en: `${verb.en} ${noun.en}` }
}

/** What can be asked for: everything that is done to one kind of thing, and what people do at the console. */
export const actionChoices: readonly { readonly value: string; readonly text: Bilingual }[] = [
  ...['console.view', 'console.sign-in', 'console.sign-out', 'content.'].map(value => ({
    value,
    text: whole[value] ?? { vi: 'Mở nội dung văn bản', en: 'Opened content' },
  })),
  ...Object.entries(nouns).map(([subject, { vi, en }]) => ({
    value: `${subject}.`,
    text: { vi: capital(vi), en: capital(en) },
  })),
]

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
