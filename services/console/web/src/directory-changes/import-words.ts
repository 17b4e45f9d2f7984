import type { Bilingual } from '../language.tsx'

export const importWords = {
  title: { vi: 'Nhập danh mục từ tệp', en: 'Import the directory' },
  short: { vi: 'Nhập từ tệp', en: 'Import' },
  lead: {
    vi: 'Tải tệp CSV hoặc JSON lên, xem trước sẽ đổi gì, rồi mới ghi: ghi tất cả hoặc không ghi gì.',
    en: 'Upload a CSV or JSON file, see what it would change, then write it: all of it or nothing.',
  },
  import: { vi: 'Nhập', en: 'Import' },
  export: { vi: 'Tải danh mục xuống', en: 'Download the directory' },
  exportHint: {
    vi: 'Các cơ quan trong phạm vi của bạn; sửa tệp này rồi nhập lại được.',
    en: 'The agencies within your scope; the file can be corrected and imported again.',
  },
  templateHint: {
    vi: 'Dòng mẫu chỉ để làm theo; nhập nguyên tệp mẫu sẽ bị từ chối.',
    en: 'The line in it is there to be followed; the template itself is refused.',
  },
  fileHint: { vi: 'CSV (UTF-8) hoặc JSON, tối đa 64 MB.', en: 'CSV (UTF-8) or JSON, at most 64 MB.' },
  mode: { vi: 'Cách nhập', en: 'How' },
  merge: {
    vi: 'Thêm và sửa; cơ quan không có trong tệp giữ nguyên',
    en: 'Add and change; what is not in the file stays',
  },
  replace: {
    vi: 'Thay toàn bộ; xóa cơ quan không có trong tệp',
    en: 'Replace all; what is not in the file is removed',
  },
  wouldDo: { vi: 'Tệp này sẽ làm gì', en: 'What this file would do' },
  added: { vi: 'Thêm mới', en: 'New' },
  changed: { vi: 'Thay đổi', en: 'Changed' },
  closed: { vi: 'Đóng mã', en: 'Closed' },
  removed: { vi: 'Xóa', en: 'Removed' },
  unchanged: { vi: 'Không đổi', en: 'Unchanged' },
  nothing: { vi: 'Tệp này không đổi gì trong danh mục', en: 'This file would change nothing' },
  nothingHint: { vi: 'Không cần ghi.', en: 'There is nothing to write.' },
  caption: { vi: 'Các thay đổi đầu tiên', en: 'The first changes' },
  kind: { vi: 'Sẽ', en: 'Would be' },
  agency: { vi: 'Cơ quan', en: 'Agency' },
  what: { vi: 'Hiện nay → sẽ là', en: 'Now → would be' },
  first: { vi: 'Các thay đổi đầu tiên:', en: 'The first changes:' },
  apply: { vi: 'Ghi vào danh mục', en: 'Write to the directory' },
  applyWhat: {
    vi: 'Ghi tất cả thay đổi đã xem trước, hoặc không ghi gì nếu danh mục vừa đổi. Các hệ thống kết nối nhận danh mục mới ở lần hỏi tiếp theo.',
    en: 'All previewed changes are written, or nothing if the directory has just changed. Connected systems get the new directory when they next ask.',
  },
  done: { vi: 'Đã ghi vào danh mục.', en: 'Written to the directory.' },
  columns: { vi: 'Các cột của tệp', en: 'Columns of the file' },
  columnsCaption: { vi: 'Cột, ý nghĩa và cách viết', en: 'Columns, what they mean and how they are written' },
  column: { vi: 'Cột', en: 'Column' },
  meaning: { vi: 'Ý nghĩa', en: 'Meaning' },
  form: { vi: 'Cách viết', en: 'Written as' },
  needed: {
    vi: 'Bắt buộc có code, name và level; thứ tự cột tùy ý.',
    en: 'code, name and level are needed; columns come in any order.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>
