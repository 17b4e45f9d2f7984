import type { Bilingual } from '../language.tsx'

/** Words that requests, imports and reforms have in common. */
export const changeWords = {
  back: { vi: '← Danh mục cơ quan', en: '← Directory' },
  before: { vi: 'hiện nay', en: 'now' },
  after: { vi: 'sẽ là', en: 'would be' },
  nothing: { vi: 'bỏ trống', en: 'nothing' },
  line: { vi: 'Dòng', en: 'Line' },
  change: { vi: 'Thay đổi số', en: 'Change' },
  faults: { vi: 'Lỗi cần sửa', en: 'Faults to correct' },
  nothingWritten: {
    vi: 'Chưa ghi gì vào danh mục. Sửa các lỗi dưới đây rồi xem trước lại.',
    en: 'Nothing was written to the directory. Correct the faults below and preview again.',
  },
  firstOnly: { vi: 'Chỉ liệt kê các lỗi đầu tiên:', en: 'Only the first faults are listed:' },
  directoryChanged: {
    vi: 'Danh mục đã thay đổi sau khi bạn xem trước, nên chưa ghi gì. Xem trước lại để thấy kết quả mới.',
    en: 'The directory has changed since the preview, so nothing was written. Preview again to see what it would do now.',
  },
  fileChanged: {
    vi: 'Tệp đã khác với tệp bạn xem trước, nên chưa ghi gì. Xem trước lại.',
    en: 'The file is not the one you previewed, so nothing was written. Preview again.',
  },
  nameTaken: {
    vi: 'Đã có đợt sắp xếp mang tên riêng này. Đặt tên riêng khác rồi xem trước lại.',
    en: 'A reform of this name was done or waits for its day. Give another name and preview again.',
  },
  reason: { vi: 'Lý do (ghi vào nhật ký)', en: 'Reason (kept in the audit log)' },
  sending: { vi: 'Đang gửi tệp', en: 'Sending the file' },
  checking: { vi: 'Trục đang đọc và kiểm tra', en: 'The hub is reading and checking' },
  stop: { vi: 'Dừng', en: 'Stop' },
  file: { vi: 'Tệp', en: 'File' },
  preview: { vi: 'Xem trước', en: 'Preview' },
  templates: { vi: 'Tệp mẫu', en: 'Templates' },
  of: { vi: 'trên', en: 'of' },
} as const satisfies Readonly<Record<string, Bilingual>>
