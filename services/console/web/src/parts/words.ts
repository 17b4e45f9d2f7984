export const partWords = {
  whatToDo: { vi: 'Vì sao, và làm gì', en: 'Why, and what to do' },
  code: { vi: 'Mã để tra cứu:', en: 'Code for the help desk:' },
  retry: { vi: 'Thử lại', en: 'Try again' },
  unexpected: {
    vi: 'Trang gặp lỗi ngoài dự kiến. Tải lại trang; nếu vẫn vậy, báo cho quản trị.',
    en: 'The page failed unexpectedly. Load it again; if it stays so, tell the administrator.',
  },
  noPermission: { vi: 'Trang này không dành cho vai trò của bạn', en: 'This page is not for your role' },
  whoCan: {
    vi: 'Quản trị trục có thể cấp quyền; trang Tài khoản của tôi cho biết bạn đang có vai trò gì.',
    en: 'An administrator of the hub can grant it; My account shows which role you have.',
  },
  dayShape: { vi: 'ngày/tháng/năm', en: 'day/month/year' },
  noDay: {
    vi: 'Không có ngày này. Viết ngày trước, rồi tháng và năm, như 21/11/2026.',
    en: 'There is no such day. Write the day first, then month and year, such as 21/11/2026.',
  },
  calendar: { vi: 'Chọn trên lịch', en: 'Choose from a calendar' },
  loading: { vi: 'Đang tải', en: 'Loading' },
  noPage: { vi: 'Không có trang này', en: 'There is no such page' },
  noPageHint: {
    vi: 'Địa chỉ có thể đã cũ hoặc gõ thiếu.',
    en: 'The address may be old, or a part of it is missing.',
  },
  asTable: { vi: 'Dạng bảng', en: 'As a table' },
  asPicture: { vi: 'Dạng hình', en: 'As a picture' },
  copy: { vi: 'Sao chép', en: 'Copy' },
  copied: { vi: 'Đã sao chép', en: 'Copied' },
  cancel: { vi: 'Thôi', en: 'Not now' },
  exportAs: { vi: 'Tải danh sách', en: 'Download list' },
  exporting: { vi: 'Đang tải', en: 'Downloading' },
  stop: { vi: 'Dừng', en: 'Stop' },
  exportBroke: {
    vi: 'Tải danh sách bị gián đoạn, tệp chưa đủ nên không được giữ. Hãy thử lại.',
    en: 'The download broke off; the file was not whole and was not kept. Try again.',
  },
  toStart: { vi: 'Về trang đầu', en: 'To the first page' },
}
