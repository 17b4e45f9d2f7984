import type { Bilingual } from '../language.tsx'

export const requestWords = {
  title: { vi: 'Đề nghị của hệ thống', en: 'Requests of systems' },
  short: { vi: 'Đề nghị', en: 'Requests' },
  lead: {
    vi: 'Hệ thống kết nối đề nghị thêm, đổi hoặc đóng cơ quan. Danh mục chỉ đổi khi có người duyệt.',
    en: 'Connected systems ask for agencies to be added, changed or closed. The directory changes only once somebody approves.',
  },
  states: { vi: 'Trạng thái', en: 'State' },
  pending: { vi: 'Chờ quyết định', en: 'Waiting' },
  approved: { vi: 'Đã duyệt', en: 'Approved' },
  refused: { vi: 'Đã từ chối', en: 'Refused' },
  emptyPending: { vi: 'Không có đề nghị nào đang chờ', en: 'No request waits' },
  emptyPendingHint: {
    vi: 'Đề nghị mới hiện ở đây khi một hệ thống gửi lên.',
    en: 'New ones appear here when a system sends them.',
  },
  emptyDecided: { vi: 'Chưa có đề nghị nào ở trạng thái này', en: 'No request is in this state yet' },
  register: { vi: 'Thêm cơ quan', en: 'Add an agency' },
  change: { vi: 'Đổi thông tin', en: 'Change an agency' },
  close: { vi: 'Đóng mã', en: 'Close a code' },
  asks: { vi: 'Hệ thống', en: 'System' },
  asked: { vi: 'đề nghị', en: 'asked' },
  by: { vi: 'Người quyết định:', en: 'Decided by' },
  because: { vi: 'Lý do:', en: 'Reason:' },
  approve: { vi: 'Duyệt', en: 'Approve' },
  refuse: { vi: 'Từ chối', en: 'Refuse' },
  approveRegister: {
    vi: 'Cơ quan được thêm vào danh mục và gắn với hệ thống đã đề nghị: hệ thống đó gửi, nhận thay cơ quan này.',
    en: 'The agency is added to the directory and bound to the system that asked, which then sends and receives for it.',
  },
  approveChange: {
    vi: 'Danh mục đổi ngay như trên. Mã cũ vẫn tìm thấy cơ quan.',
    en: 'The directory changes at once as shown. Earlier codes go on finding the agency.',
  },
  approveClose: {
    vi: 'Mã đóng từ ngày đã chọn. Văn bản gửi tới mã này được chuyển cho cơ quan kế thừa, hoặc bị từ chối nếu không có.',
    en: 'The code is closed from the day chosen. What is sent to it goes to the successor, or is refused without one.',
  },
  refuseWhat: {
    vi: 'Danh mục giữ nguyên. Hệ thống có thể đề nghị lại.',
    en: 'The directory stays as it is. The system may ask again.',
  },
  level: { vi: 'Cấp của cơ quan mới', en: 'Level of the new agency' },
  validTo: { vi: 'Đóng từ ngày', en: 'Closed from' },
  successor: { vi: 'Mã cơ quan kế thừa (nếu có)', en: 'Code of the successor, if there is one' },
  exists: { vi: 'Không duyệt được: danh mục đã có mã', en: 'Cannot be approved: the directory already has the code' },
  unknown: {
    vi: 'Không duyệt được: danh mục không có mã',
    en: 'Cannot be approved: the directory does not have the code',
  },
  changedMeanwhile: {
    vi: 'Hệ thống vừa sửa đề nghị này, hoặc người khác đã quyết định. Xem lại rồi quyết định.',
    en: 'The system has just changed this request, or somebody else decided it. Look again before you decide.',
  },
  nothingToSee: { vi: 'không còn gì để đổi', en: 'nothing is left to change' },
} as const satisfies Readonly<Record<string, Bilingual>>
