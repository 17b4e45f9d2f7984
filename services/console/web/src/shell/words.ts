export const shellWords = {
  skip: { vi: 'Tới nội dung', en: 'Skip to the content' },
  pages: { vi: 'Các trang', en: 'Pages' },
  verify: { vi: 'Kiểm tra', en: 'Verify' },
  account: { vi: 'Tài khoản của tôi', en: 'My account' },
  search: { vi: 'Tìm', en: 'Search' },
  searchHint: { vi: 'Số, ký hiệu, mã, trích yếu', en: 'Number, code, id, words' },
  light: { vi: 'Nền sáng', en: 'Light theme' },
  dark: { vi: 'Nền tối', en: 'Dark theme' },
  signOut: { vi: 'Đăng xuất', en: 'Sign out' },
  testEnvironment: { vi: 'MÔI TRƯỜNG THỬ NGHIỆM', en: 'TEST ENVIRONMENT' },
}
