import type { Bilingual, VerificationCode } from '@docaxis/errors'

const askAgain: Bilingual = {
  vi: 'Không sử dụng tệp này; đề nghị nơi gửi gửi lại bản gốc đã ký.',
  en: 'Do not use this file; ask its sender for the signed original again.',
}
const signAgain: Bilingual = {
  vi: 'Đề nghị nơi gửi ký lại bằng công cụ ký được phép (RSA từ 2048 bit hoặc ECDSA, SHA-256 trở lên).',
  en: 'Ask its sender to sign again with an approved tool (RSA of 2048 bits or more, or ECDSA; SHA-256 or better).',
}
const askSigner: Bilingual = {
  vi: 'Không sử dụng tệp này; hỏi lại nơi gửi, qua kênh khác, xem ai đã ký.',
  en: 'Do not use this file; ask its sender, by another way, who signed it.',
}
const openAgain: Bilingual = {
  vi: 'Tải lại tệp; nếu vẫn lỗi, đề nghị nơi gửi xuất và ký lại.',
  en: 'Download the file again; if that does not help, ask its sender to export and sign it again.',
}
const newCertificate: Bilingual = {
  vi: 'Đề nghị người ký xin cấp chứng thư số mới rồi ký lại.',
  en: 'Ask the signer to obtain a new certificate and to sign again.',
}
const tellAuthority: Bilingual = {
  vi: 'Không chấp nhận chữ ký này; báo cho quản trị viên và đơn vị cấp chứng thư số.',
  en: 'Do not accept this signature; tell the administrator and the issuer of the certificate.',
}
const tryLater: Bilingual = {
  vi: 'Thử lại sau ít phút; nếu vẫn vậy, báo quản trị viên nạp dữ liệu thu hồi mới. Chưa dùng làm căn cứ.',
  en: 'Try again in some minutes; if it stays so, tell the administrator to load fresh revocation data. Do not rely on it yet.',
}
const waitForTime: Bilingual = {
  vi: 'Thử lại sau ít phút. Chưa dùng làm căn cứ.',
  en: 'Try again in some minutes. Do not rely on it yet.',
}

/** What somebody who received the file should do now. */
const advice: Readonly<Record<Exclude<VerificationCode, 'OK'>, Bilingual>> = {
  FILE_UNREADABLE: openAgain,
  NOT_SIGNED: {
    vi: 'Nếu văn bản phải có chữ ký số, đề nghị nơi gửi ký rồi gửi lại.',
    en: 'If it has to be signed, ask its sender to sign it and send it again.',
  },
  XML_MALFORMED: openAgain,
  XML_DOCTYPE_FORBIDDEN: askAgain,
  XML_LIMIT_EXCEEDED: askAgain,
  SIGNATURE_STRUCTURE: askAgain,
  ID_NOT_UNIQUE: askAgain,
  REFERENCE_FORBIDDEN: askAgain,
  REFERENCE_COVERAGE: askAgain,
  TRANSFORM_FORBIDDEN: signAgain,
  ALGORITHM_NOT_ALLOWED: signAgain,
  KEY_TOO_WEAK: newCertificate,
  KEY_FORM_FORBIDDEN: newCertificate,
  DIGEST_MISMATCH: askAgain,
  SIGNATURE_MISMATCH: askSigner,
  SIGNER_CERTIFICATE_MISSING: signAgain,
  SIGNER_AMBIGUOUS: askSigner,
  SIGNER_NOT_SENDER: askSigner,
  PATH_NOT_FOUND: {
    vi: 'Hỏi quản trị viên xem đơn vị cấp này có được tin cậy không; khi chưa biết, coi như chưa ký.',
    en: 'Ask the administrator whether this issuer is trusted; until then treat it as not signed.',
  },
  PATH_INVALID: tellAuthority,
  CERTIFICATE_EXPIRED: {
    vi: 'Đề nghị người ký ký lại bằng chứng thư số còn hạn.',
    en: 'Ask the signer to sign again with a certificate that is in force.',
  },
  CERTIFICATE_NOT_YET_VALID: {
    vi: 'Kiểm tra ngày giờ của máy; nếu đúng, chờ đến ngày chứng thư số có hiệu lực rồi đề nghị ký lại.',
    en: 'Check the clock of this computer; if it is right, wait for the first day of the certificate and ask to sign again.',
  },
  CERTIFICATE_REVOKED: {
    vi: 'Không chấp nhận chữ ký này; liên hệ người ký qua kênh khác và đề nghị ký lại bằng chứng thư số mới.',
    en: 'Do not accept this signature; reach the signer by another way and ask for one with a new certificate.',
  },
  CA_REVOKED: tellAuthority,
  REVOCATION_UNAVAILABLE: tryLater,
  REVOCATION_STALE: tryLater,
  TIME_NOT_TRUSTED: waitForTime,
  TIMESTAMP_UNAVAILABLE: waitForTime,
  TIMESTAMP_INVALID: askSigner,
  SIGNING_TIME_OUT_OF_WINDOW: {
    vi: 'Đề nghị người ký chỉnh đúng giờ máy rồi ký lại.',
    en: 'Ask the signer to set the clock right and to sign again.',
  },
  PDF_COVERAGE: askAgain,
  PDF_CHANGED_AFTER_SIGNING: askAgain,
  PDF_CMS: askAgain,
  PDF_LATER_REVISION: {
    vi: 'Xem các bổ sung sau khi ký trong danh sách dưới đây trước khi dùng.',
    en: 'Look through what was added after signing, below, before you rely on it.',
  },
  PDF_ACTIVE_CONTENT: {
    vi: 'Không mở tệp nhúng và không cho chạy mã trong tệp.',
    en: 'Open no file inside it, and let nothing in it run.',
  },
  PDF_NOT_FINISHED: {
    vi: 'Thử lại sau ít phút; nếu vẫn vậy, kiểm tra bằng lệnh docaxis verify pdf trên máy của bạn, hoặc đề nghị nơi gửi xuất tệp nhẹ hơn. Chưa dùng tệp này khi chưa có kết luận.',
    en: 'Try again in some minutes; if it stays so, check it on your own computer with docaxis verify pdf, or ask its sender for a lighter file. Do not rely on it yet.',
  },
  PDF_UNSUPPORTED: {
    vi: 'Đề nghị nơi gửi xuất lại tệp PDF không đặt mật khẩu, ký rồi gửi lại.',
    en: 'Ask its sender to export the PDF again without a password, and to sign and send it again.',
  },
}

/** Nothing for a code of another table: a fault of an edXML packet has a hint of its own in the list of faults. */
export function adviceOn(code: string): readonly Bilingual[] {
  return Object.hasOwn(advice, code) ? [advice[code as keyof typeof advice]] : []
}
