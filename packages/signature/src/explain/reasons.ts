import type { Bilingual, VerificationCode } from '@docaxis/errors'

/** Why a file is not to be relied on, for somebody who received it. */
export const reasons: Readonly<Record<Exclude<VerificationCode, 'OK'>, Bilingual>> = {
  FILE_UNREADABLE: { vi: 'không đọc được tệp', en: 'the file cannot be read' },
  NOT_SIGNED: { vi: 'tệp chưa được ký số', en: 'it is not signed' },
  XML_MALFORMED: { vi: 'tệp không phải XML đọc được', en: 'it is no readable XML' },
  XML_DOCTYPE_FORBIDDEN: { vi: 'tệp có khai báo DOCTYPE', en: 'it has a DOCTYPE declaration' },
  XML_LIMIT_EXCEEDED: {
    vi: 'tệp vượt giới hạn về kích thước hoặc cấu trúc',
    en: 'it passes a limit of size or structure',
  },
  SIGNATURE_STRUCTURE: {
    vi: 'khối chữ ký sai cấu trúc, sai vị trí hoặc có nhiều hơn một',
    en: 'the signature is malformed, misplaced, or not the only one',
  },
  ID_NOT_UNIQUE: {
    vi: 'một mã Id xuất hiện hai lần, không rõ phần nào được ký',
    en: 'an Id occurs twice, so it is not clear what was signed',
  },
  REFERENCE_FORBIDDEN: {
    vi: 'chữ ký tham chiếu đến nội dung không được phép',
    en: 'the signature refers to something that is not allowed',
  },
  REFERENCE_COVERAGE: {
    vi: 'chữ ký không bao phủ đúng nội dung của tệp',
    en: 'the signature does not cover the content as it should',
  },
  TRANSFORM_FORBIDDEN: {
    vi: 'chữ ký dùng phép biến đổi không được phép',
    en: 'the signature uses a transform that is not allowed',
  },
  ALGORITHM_NOT_ALLOWED: {
    vi: 'chữ ký dùng thuật toán không được phép (như SHA-1)',
    en: 'the signature uses an algorithm that is not allowed (such as SHA-1)',
  },
  KEY_TOO_WEAK: { vi: 'khóa ký quá yếu', en: 'the signing key is too weak' },
  KEY_FORM_FORBIDDEN: { vi: 'khóa ký ở dạng không được phép', en: 'the signing key has a form that is not allowed' },
  DIGEST_MISMATCH: { vi: 'nội dung đã bị thay đổi sau khi ký', en: 'its content was changed after it was signed' },
  SIGNATURE_MISMATCH: {
    vi: 'chữ ký không khớp với khóa của chứng thư số',
    en: 'the signature was not made with the key of the certificate',
  },
  SIGNER_CERTIFICATE_MISSING: {
    vi: 'không có chứng thư số đọc được của người ký',
    en: 'there is no readable certificate of the signer',
  },
  SIGNER_AMBIGUOUS: {
    vi: 'không rõ chứng thư số nào là của người ký',
    en: "it is not clear which certificate is the signer's",
  },
  SIGNER_NOT_SENDER: { vi: 'người ký không phải cơ quan gửi', en: 'the signer is not the sender' },
  PATH_NOT_FOUND: {
    vi: 'đơn vị cấp chứng thư số không nằm trong danh sách tin cậy',
    en: 'the issuer of the certificate is none of the trusted authorities',
  },
  PATH_INVALID: { vi: 'chuỗi chứng thư số không hợp lệ', en: 'the certification path breaks a rule' },
  CERTIFICATE_EXPIRED: {
    vi: 'chứng thư số đã hết hạn vào thời điểm xét',
    en: 'the certificate had expired at the judged time',
  },
  CERTIFICATE_NOT_YET_VALID: {
    vi: 'chứng thư số chưa có hiệu lực vào thời điểm xét',
    en: 'the certificate was not valid yet at the judged time',
  },
  CERTIFICATE_REVOKED: { vi: 'chứng thư số đã bị thu hồi', en: 'the certificate is revoked' },
  CA_REVOKED: { vi: 'chứng thư số của đơn vị cấp đã bị thu hồi', en: 'the certificate of the issuer is revoked' },
  REVOCATION_UNAVAILABLE: {
    vi: 'chưa có dữ liệu thu hồi của đơn vị cấp chứng thư số',
    en: 'the revocation data of the issuer is missing',
  },
  REVOCATION_STALE: {
    vi: 'dữ liệu thu hồi không dùng được cho thời điểm xét',
    en: 'the revocation data does not count for the judged time',
  },
  TIME_NOT_TRUSTED: { vi: 'đồng hồ chưa đáng tin', en: 'the clock cannot be trusted' },
  TIMESTAMP_UNAVAILABLE: { vi: 'chưa có dấu thời gian', en: 'there is no time stamp yet' },
  TIMESTAMP_INVALID: { vi: 'dấu thời gian không hợp lệ', en: 'the time stamp is not valid' },
  SIGNING_TIME_OUT_OF_WINDOW: {
    vi: 'thời điểm ký ghi trong chữ ký nằm ngoài khoảng được phép',
    en: 'the signing time it claims lies outside the allowed window',
  },
  PDF_COVERAGE: {
    vi: 'chữ ký không bao phủ đúng nội dung của tệp',
    en: 'the signature does not cover the file as it should',
  },
  PDF_CHANGED_AFTER_SIGNING: {
    vi: 'nội dung đã bị thay đổi sau khi ký',
    en: 'its content was changed after it was signed',
  },
  PDF_CMS: { vi: 'khối chữ ký sai cấu trúc', en: 'the signature block is malformed' },
  PDF_LATER_REVISION: {
    vi: 'sau khi ký có bổ sung mà chữ ký cho phép',
    en: 'additions were made after signing that the signatures permit',
  },
  PDF_ACTIVE_CONTENT: {
    vi: 'tệp có nội dung thực thi hoặc tệp nhúng',
    en: 'it holds active content or files inside',
  },
  PDF_NOT_FINISHED: {
    vi: 'tệp quá nặng, chưa kiểm tra xong trong thời gian cho phép',
    en: 'the file is too heavy, and its check did not end in the time allowed',
  },
  PDF_UNSUPPORTED: {
    vi: 'tệp PDF mã hóa, hỏng hoặc vượt giới hạn nên không kiểm tra được',
    en: 'the PDF is encrypted, broken or past a limit, and cannot be checked',
  },
}
