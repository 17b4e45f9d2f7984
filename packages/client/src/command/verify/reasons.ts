import type { VerificationCode } from '@docaxis/errors'
import type { Pair } from '../words.ts'

/** Why a file is not to be relied on, for somebody who received it. */
export const reasons: Readonly<Record<Exclude<VerificationCode, 'OK'>, Pair>> = {
  FILE_UNREADABLE: ['không đọc được tệp', 'the file cannot be read'],
  NOT_SIGNED: ['tệp chưa được ký số', 'it is not signed'],
  XML_MALFORMED: ['tệp không phải XML đọc được', 'it is no readable XML'],
  XML_DOCTYPE_FORBIDDEN: ['tệp có khai báo DOCTYPE', 'it has a DOCTYPE declaration'],
  XML_LIMIT_EXCEEDED: ['tệp vượt giới hạn về kích thước hoặc cấu trúc', 'it passes a limit of size or structure'],
  SIGNATURE_STRUCTURE: [
    'khối chữ ký sai cấu trúc, sai vị trí hoặc có nhiều hơn một',
    'the signature is malformed, misplaced, or not the only one',
  ],
  ID_NOT_UNIQUE: [
    'một mã Id xuất hiện hai lần, không rõ phần nào được ký',
    'an Id occurs twice, so it is not clear what was signed',
  ],
  REFERENCE_FORBIDDEN: [
    'chữ ký tham chiếu đến nội dung không được phép',
    'the signature refers to something that is not allowed',
  ],
  REFERENCE_COVERAGE: [
    'chữ ký không bao phủ đúng nội dung của tệp',
    'the signature does not cover the content as it should',
  ],
  TRANSFORM_FORBIDDEN: [
    'chữ ký dùng phép biến đổi không được phép',
    'the signature uses a transform that is not allowed',
  ],
  ALGORITHM_NOT_ALLOWED: [
    'chữ ký dùng thuật toán không được phép (như SHA-1)',
    'the signature uses an algorithm that is not allowed (such as SHA-1)',
  ],
  KEY_TOO_WEAK: ['khóa ký quá yếu', 'the signing key is too weak'],
  KEY_FORM_FORBIDDEN: ['khóa ký ở dạng không được phép', 'the signing key has a form that is not allowed'],
  DIGEST_MISMATCH: ['nội dung đã bị thay đổi sau khi ký', 'its content was changed after it was signed'],
  SIGNATURE_MISMATCH: [
    'chữ ký không khớp với khóa của chứng thư số',
    'the signature was not made with the key of the certificate',
  ],
  SIGNER_CERTIFICATE_MISSING: [
    'không có chứng thư số đọc được của người ký',
    'there is no readable certificate of the signer',
  ],
  SIGNER_AMBIGUOUS: ['không rõ chứng thư số nào là của người ký', "it is not clear which certificate is the signer's"],
  SIGNER_NOT_SENDER: ['người ký không phải cơ quan gửi', 'the signer is not the sender'],
  PATH_NOT_FOUND: [
    'đơn vị cấp chứng thư số không thuộc danh sách tin cậy đã chỉ ra',
    'the issuer of the certificate is none of the authorities named',
  ],
  PATH_INVALID: ['chuỗi chứng thư số không hợp lệ', 'the certification path breaks a rule'],
  CERTIFICATE_EXPIRED: ['chứng thư số đã hết hạn vào thời điểm xét', 'the certificate had expired at the judged time'],
  CERTIFICATE_NOT_YET_VALID: [
    'chứng thư số chưa có hiệu lực vào thời điểm xét',
    'the certificate was not valid yet at the judged time',
  ],
  CERTIFICATE_REVOKED: ['chứng thư số đã bị thu hồi', 'the certificate is revoked'],
  CA_REVOKED: ['chứng thư số của đơn vị cấp đã bị thu hồi', 'the certificate of the issuer is revoked'],
  REVOCATION_UNAVAILABLE: [
    'chưa có danh sách thu hồi của đơn vị cấp chứng thư số (--crl)',
    'the revocation list of the issuer is missing (--crl)',
  ],
  REVOCATION_STALE: [
    'danh sách thu hồi không dùng được cho thời điểm xét',
    'the revocation list does not count for the judged time',
  ],
  TIME_NOT_TRUSTED: ['đồng hồ chưa đáng tin', 'the clock cannot be trusted'],
  TIMESTAMP_UNAVAILABLE: ['chưa có dấu thời gian', 'there is no time stamp yet'],
  TIMESTAMP_INVALID: ['dấu thời gian không hợp lệ', 'the time stamp is not valid'],
  SIGNING_TIME_OUT_OF_WINDOW: [
    'thời điểm ký ghi trong chữ ký nằm ngoài khoảng được phép',
    'the signing time it claims lies outside the allowed window',
  ],
  PDF_COVERAGE: ['chữ ký không bao phủ đúng nội dung của tệp', 'the signature does not cover the file as it should'],
  PDF_CHANGED_AFTER_SIGNING: ['nội dung đã bị thay đổi sau khi ký', 'its content was changed after it was signed'],
  PDF_CMS: ['khối chữ ký sai cấu trúc', 'the signature block is malformed'],
  PDF_UNSUPPORTED: [
    'tệp PDF mã hóa, hỏng hoặc vượt giới hạn nên không kiểm tra được',
    'the PDF is encrypted, broken or past a limit, and cannot be checked',
  ],
}
