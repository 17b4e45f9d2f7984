import type { Bilingual } from '../language.tsx'

export const documentWords = {
  back: { vi: '← Danh sách văn bản', en: '← List of documents' },
  document: { vi: 'Văn bản', en: 'Document' },
  number: { vi: 'Số', en: 'No.' },
  noNumber: { vi: 'Chưa có số', en: 'No number' },
  from: { vi: 'Cơ quan gửi', en: 'From' },
  signer: { vi: 'Người ký', en: 'Signed by' },
  due: { vi: 'Hạn xử lý', en: 'Due date' },
  accepted: { vi: 'Trục nhận', en: 'Accepted' },
  documentId: { vi: 'Mã văn bản', en: 'Document id' },
  reason: { vi: 'Lý do', en: 'Reason' },
  internal: { vi: 'Lưu hành nội bộ', en: 'Internal circulation' },
  hidden: {
    vi: 'Lưu hành nội bộ: trích yếu chỉ dành cho cơ quan gửi và nhận',
    en: 'Internal circulation: the subject is for its sender and receivers alone',
  },
  noSubject: { vi: 'Không có trích yếu', en: 'No subject' },
  paper: { vi: 'Có bản giấy gửi sau', en: 'Paper copy follows' },
  seal: { vi: 'Chữ ký số của cơ quan', en: 'Agency seal' },
  tracks: { vi: 'Cơ quan nhận', en: 'Receivers' },
  timeline: { vi: 'Diễn biến', en: 'What happened' },
  attachments: { vi: 'Tệp đính kèm', en: 'Attachments' },
  noAttachments: { vi: 'Không có tệp đính kèm', en: 'No attachments' },
  file: { vi: 'Tệp', en: 'File' },
  view: { vi: 'Xem', en: 'View' },
  close: { vi: 'Đóng', en: 'Close' },
  download: { vi: 'Tải về', en: 'Download' },
  contentClosed: {
    vi: 'Nội dung chỉ mở cho người của cơ quan gửi hoặc nhận văn bản này.',
    en: 'The content is open to people of the agencies that sent or received this document.',
  },
  askContent: { vi: 'Xin mở nội dung', en: 'Ask to open it' },
  askContentWhat: {
    vi: 'Một người thứ hai phải cho phép. Nội dung mở cho bạn trong một giờ; cơ quan gửi và nhận đều thấy ai đã mở, ai cho phép và lý do.',
    en: 'A second person has to allow it. The content opens to you for an hour; sender and receivers see who opened it, who allowed it, and why.',
  },
  askContentDone: { vi: 'Đã xin, chờ người thứ hai cho phép.', en: 'Asked; a second person decides.' },
  receipts: { vi: 'Biên nhận', en: 'Receipts' },
  noReceipts: { vi: 'Chưa có biên nhận', en: 'No receipts yet' },
  printable: { vi: 'Bản in, có mã QR để kiểm tra', en: 'To print, with a QR code to check it' },
  signing: { vi: 'đang ký', en: 'being signed' },
  links: { vi: 'Văn bản liên quan', en: 'Related documents' },
  answers: { vi: 'Trả lời văn bản', en: 'Answers' },
  answeredBy: { vi: 'Được trả lời bởi', en: 'Answered by' },
  evidence: { vi: 'bằng chứng', en: 'evidence' },
  evidenceClosed: { vi: 'Biên nhận ở mục Biên nhận', en: 'See Receipts' },
  signaturesIn: { vi: 'chữ ký trong tệp', en: 'signatures inside' },
  noSignatures: { vi: 'không có chữ ký trong tệp', en: 'no signature inside' },
  malware: { vi: 'có mã độc', en: 'malware found' },
  noFinish: {
    vi: 'đã tiếp nhận, không yêu cầu báo hoàn thành',
    en: 'accepted into the register; no report of completion is asked for',
  },
  standsAt: { vi: 'Đang ở', en: 'Stands at' },
  actions: { vi: 'Thao tác', en: 'Actions' },
  resend: { vi: 'Giao lại', en: 'Offer again' },
  resendWhat: {
    vi: 'Văn bản hiện lại ngay trong hộp nhận của cơ quan này. Không gửi thêm bản nào khác.',
    en: 'The document shows in the mailbox of this agency again at once. No other copy is sent.',
  },
  cancel: { vi: 'Ngừng chuyển', en: 'Stop delivery' },
  cancelWhat: {
    vi: 'Cơ quan này sẽ không nhận được văn bản nữa; bên gửi nhận biên nhận "không giao được" kèm lý do. Không hoàn tác được.',
    en: 'This agency will not get the document any more; the sender gets a receipt “not delivered” with the reason. This cannot be undone.',
  },
  letters: { vi: 'Bước xử lý bị bỏ dở', en: 'Steps that were given up' },
  code: { vi: 'mã', en: 'code' },
} as const satisfies Readonly<Record<string, Bilingual>>

export const stationWords: Readonly<Record<string, Bilingual>> = {
  sent: { vi: 'Đã gửi', en: 'Sent' },
  accepted: { vi: 'Trục đã nhận', en: 'Accepted by the hub' },
  waiting: { vi: 'Chờ bên nhận lấy về', en: 'Waiting for receiver' },
  fetched: { vi: 'Đã tải về', en: 'Fetched' },
  registered: { vi: 'Đã tiếp nhận', en: 'In the register' },
  processing: { vi: 'Đang xử lý', en: 'Being processed' },
  finished: { vi: 'Hoàn thành', en: 'Finished' },
}

export const levelWords: Readonly<Record<string, Bilingual>> = {
  central: { vi: 'Trung ương', en: 'Central' },
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện (đến 30/6/2025)', en: 'District (until 30/6/2025)' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
}

export const receiptWords: Readonly<Record<string, Bilingual>> = {
  acceptance: { vi: 'Trục đã nhận văn bản', en: 'The hub has accepted it' },
  delivery: { vi: 'Đã giao', en: 'Delivered' },
  'non-delivery': { vi: 'Không giao được', en: 'Not delivered' },
  'missed-deadline': { vi: 'Quá hạn', en: 'Deadline missed' },
}

export const verdictWords: Readonly<Record<string, Bilingual>> = {
  VALID: { vi: 'Hợp lệ', en: 'Valid' },
  INVALID: { vi: 'Không hợp lệ', en: 'Not valid' },
  INDETERMINATE: { vi: 'Chưa kết luận được', en: 'Not decided yet' },
}

export const eventWords: Readonly<Record<string, Bilingual>> = {
  accepted: { vi: 'Trục đã nhận', en: 'Accepted by the hub' },
  held: { vi: 'Giữ lại để kiểm tra', en: 'Held for a check' },
  routed: { vi: 'Đã xác định nơi nhận', en: 'Receiver settled' },
  available: { vi: 'Vào hộp nhận, chờ lấy về', en: 'In the mailbox, waiting' },
  fetched: { vi: 'Bên nhận đã tải về', en: 'Fetched by the receiver' },
  acknowledged: { vi: 'Bên nhận báo đã lưu', en: 'Receiver confirms that it is stored' },
  failed: { vi: 'Không giao được', en: 'Not delivered' },
  moved: { vi: 'Chuyển cho cơ quan kế thừa', en: 'Moved to the successor' },
  withdrawn: { vi: 'Đã rút lại', en: 'Withdrawn' },
  'change-asked': { vi: 'Bên gửi xin cập nhật hoặc lấy lại', en: 'The sender asks to update or take back' },
  replaced: { vi: 'Được thay thế', en: 'Replaced' },
  expired: { vi: 'Hết hạn', en: 'Expired' },
  redelivered: { vi: 'Bên nhận tải về lần nữa', en: 'Fetched once more' },
  'status-reported': { vi: 'Bên nhận báo trạng thái', en: 'The receiver reports a status' },
  'receipt-issued': { vi: 'Đã cấp biên nhận', en: 'Receipt issued' },
  'repeat-answered': {
    vi: 'Bên gửi gửi lại cùng tệp, đã trả lời như lần đầu',
    en: 'Same file sent again, answered as before',
  },
  'certificate-revoked': { vi: 'Chứng thư đã bị thu hồi sau đó', en: 'The certificate was revoked later' },
  'attachment-checked': { vi: 'Đã kiểm tra tệp đính kèm', en: 'Attachment checked' },
  'deadline-reached': { vi: 'Đến mốc thời hạn', en: 'A deadline was reached' },
}

export const owedWords: Readonly<Record<string, Bilingual>> = {
  fetch: { vi: 'chưa tải về', en: 'not fetched' },
  acknowledge: { vi: 'chưa báo đã nhận', en: 'receipt not confirmed' },
  finish: { vi: 'chưa báo hoàn thành', en: 'not finished' },
}

export const faultWords: Readonly<Record<string, Bilingual>> = {
  Unknown: { vi: 'mã nơi nhận không có trong danh mục', en: 'the directory does not know this code' },
  NotConnected: { vi: 'cơ quan này chưa kết nối', en: 'this agency is not connected' },
  Closed: { vi: 'mã đã đóng', en: 'this code is closed' },
}
