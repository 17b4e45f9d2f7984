export const accountWords = {
  title: { vi: 'Tài khoản của tôi', en: 'My account' },
  name: { vi: 'Họ tên', en: 'Name' },
  login: { vi: 'Tên đăng nhập', en: 'Login' },
  role: { vi: 'Vai trò', en: 'Role' },
  scope: { vi: 'Phạm vi', en: 'Scope' },
  agencies: { vi: 'Cơ quan công tác', en: 'Works for' },
  noAgency: {
    vi: 'Không: xem được thông tin chung, không xem nội dung văn bản',
    en: 'None: sees metadata, no content of documents',
  },
}
