export const signInWords = {
  title: { vi: 'Đăng nhập', en: 'Sign in' },
  product: { vi: 'Trục liên thông văn bản', en: 'Document interchange hub' },
  login: { vi: 'Tên đăng nhập', en: 'Login' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  enter: { vi: 'Đăng nhập', en: 'Sign in' },
  checking: { vi: 'Đang kiểm tra', en: 'Checking' },
  wrong: {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Thử lại, hoặc đề nghị quản trị cấp mật khẩu mới.',
    en: 'Login or password is not right. Try again, or ask an administrator for a new password.',
  },
  verify: { vi: 'Kiểm tra chữ ký số, không cần đăng nhập', en: 'Check a signature, without signing in' },
}
