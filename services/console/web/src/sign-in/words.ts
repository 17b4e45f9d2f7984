export const signInWords = {
  title: { vi: 'Đăng nhập', en: 'Sign in' },
  product: { vi: 'Trục liên thông văn bản', en: 'Document interchange hub' },
  login: { vi: 'Tên đăng nhập', en: 'Login' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  enter: { vi: 'Đăng nhập', en: 'Sign in' },
  checking: { vi: 'Đang kiểm tra', en: 'Checking' },
  wrong: {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng. Sai 5 lần liên tiếp, tài khoản tạm khóa vài phút; quên thì nhờ quản trị cấp lại.',
    en: 'Login or password is not right. After 5 wrong tries the account is locked for some minutes; an administrator gives a new password.',
  },
  verify: { vi: 'Kiểm tra chữ ký số, không cần đăng nhập', en: 'Check a signature, without signing in' },
  oidc: { vi: 'Đăng nhập bằng tài khoản cơ quan', en: 'Sign in with the account of your agency' },
  oidcRefused: {
    vi: 'Chưa vào được: tài khoản cơ quan này chưa được mở trên trục, hoặc đã bị khóa. Liên hệ quản trị trục.',
    en: 'Not signed in: this account is not known here, or is disabled. Ask an administrator of the hub.',
  },
  code: { vi: 'Mã xác thực', en: 'Code' },
  codeHint: { vi: '6 số đang hiện trên điện thoại', en: 'The 6 digits that your phone shows now' },
  codeWrong: {
    vi: 'Mã không đúng hoặc đã dùng. Chờ mã mới trên điện thoại rồi nhập lại.',
    en: 'The code is not right, or was used. Wait for the next one and type it.',
  },
  back: { vi: 'Quay lại', en: 'Back' },
}
