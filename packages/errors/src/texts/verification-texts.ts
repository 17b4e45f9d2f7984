import type { VerificationCode } from '../verification-codes.ts'
import { type FindingText, text } from './text.ts'

const signAgain = [
  'Ký lại gói tin bằng công cụ ký của trục (docaxis sign) và gửi nguyên tệp đã ký.',
  'Sign the envelope again (docaxis sign) and send the signed file untouched.',
] as const
const askCertificate = [
  'Liên hệ đơn vị cấp chứng thư số hoặc quản trị trục để kiểm tra chứng thư.',
  'Ask the certificate authority or the administrator of the hub about the certificate.',
] as const
const signPdfAgain = [
  'Lấy bản PDF gốc, ký lại và không sửa tệp sau khi ký.',
  'Take the original PDF, sign it again, and change nothing afterwards.',
] as const
const tryLater = [
  'Gửi lại sau ít phút; không cần ký lại.',
  'Send the same file again in a few minutes; it need not be signed again.',
] as const

/** Sentences for the codes of a signature's verdict (verification rules, section 1). */
export const verificationTexts: Readonly<Record<VerificationCode, FindingText>> = {
  OK: text('Chữ ký số hợp lệ', 'The signature is valid', 'Không cần làm gì.', 'Nothing to do.'),
  FILE_UNREADABLE: text(
    'Không đọc được tệp cần kiểm tra',
    'The file to check cannot be read',
    'Kiểm tra lại tên tệp, thư mục và quyền đọc.',
    'Check the name of the file, its folder and the right to read it.',
  ),
  NOT_SIGNED: text('Gói tin chưa được ký số', 'The envelope is not signed', ...signAgain),
  XML_MALFORMED: text('Không đọc được XML của gói tin', 'The XML of the envelope cannot be read', ...signAgain),
  XML_DOCTYPE_FORBIDDEN: text('Gói tin có khai báo DOCTYPE', 'The envelope has a DOCTYPE declaration', ...signAgain),
  XML_LIMIT_EXCEEDED: text(
    'Cấu trúc XML của gói tin vượt giới hạn',
    'The XML structure of the envelope exceeds a limit',
    ...signAgain,
  ),
  SIGNATURE_STRUCTURE: text(
    'Khối chữ ký không đúng cấu trúc, không đúng vị trí hoặc không phải duy nhất',
    'The Signature block is malformed, misplaced, or not the only one',
    ...signAgain,
  ),
  ID_NOT_UNIQUE: text('Một mã Id xuất hiện hai lần trong gói tin', 'An Id occurs twice in the envelope', ...signAgain),
  REFERENCE_FORBIDDEN: text(
    'Chữ ký tham chiếu đến nội dung không được phép',
    'The signature refers to something that is not allowed',
    ...signAgain,
  ),
  REFERENCE_COVERAGE: text(
    'Chữ ký không bao phủ toàn bộ gói tin',
    'The signature does not cover the whole envelope',
    ...signAgain,
  ),
  TRANSFORM_FORBIDDEN: text(
    'Chữ ký dùng phép biến đổi không được phép',
    'The signature uses a transform that is not allowed',
    ...signAgain,
  ),
  ALGORITHM_NOT_ALLOWED: text(
    'Chữ ký dùng thuật toán không được phép (như SHA-1)',
    'The signature uses an algorithm that is not allowed (such as SHA-1)',
    ...signAgain,
  ),
  KEY_TOO_WEAK: text('Khóa ký quá yếu', 'The signing key is too weak', ...askCertificate),
  KEY_FORM_FORBIDDEN: text(
    'Khóa ký ở dạng không được phép',
    'The signing key has a form that is not allowed',
    ...askCertificate,
  ),
  DIGEST_MISMATCH: text(
    'Nội dung gói tin đã bị thay đổi sau khi ký',
    'The envelope was changed after it was signed',
    ...signAgain,
  ),
  SIGNATURE_MISMATCH: text(
    'Giá trị chữ ký không khớp với chứng thư số kèm theo',
    'The signature value does not fit the certificate',
    ...signAgain,
  ),
  SIGNER_CERTIFICATE_MISSING: text(
    'Chữ ký không kèm chứng thư số đọc được',
    'The signature carries no readable certificate',
    ...signAgain,
  ),
  SIGNER_AMBIGUOUS: text(
    'Không xác định được chứng thư số nào của người ký',
    'It is not clear which certificate is the signer’s',
    ...signAgain,
  ),
  SIGNER_NOT_SENDER: text(
    'Chứng thư số không thuộc cơ quan gửi và không có ủy quyền đóng dấu thay',
    'The certificate is not bound to the sending agency, nor covered by a mandate',
    'Ký bằng chứng thư số của cơ quan gửi, hoặc đề nghị quản trị ghi nhận ủy quyền.',
    'Sign with a certificate of the sending agency, or have the mandate recorded by the administrator.',
  ),
  PATH_NOT_FOUND: text(
    'Trục không biết đơn vị cấp chứng thư số này',
    'The issuer of the certificate is unknown to the hub',
    ...askCertificate,
  ),
  PATH_INVALID: text('Chuỗi chứng thư số không hợp lệ', 'The certification path is not valid', ...askCertificate),
  CERTIFICATE_EXPIRED: text('Chứng thư số đã hết hạn', 'The certificate has expired', ...askCertificate),
  CERTIFICATE_NOT_YET_VALID: text(
    'Chứng thư số chưa đến ngày có hiệu lực',
    'The certificate is not valid yet',
    ...askCertificate,
  ),
  CERTIFICATE_REVOKED: text('Chứng thư số đã bị thu hồi', 'The certificate is revoked', ...askCertificate),
  CA_REVOKED: text(
    'Chứng thư số của đơn vị cấp đã bị thu hồi',
    'The certificate of the issuer is revoked',
    ...askCertificate,
  ),
  REVOCATION_UNAVAILABLE: text(
    'Chưa lấy được tình trạng thu hồi của chứng thư số',
    'The revocation status of the certificate is not available',
    ...tryLater,
  ),
  REVOCATION_STALE: text(
    'Danh sách thu hồi chứng thư số đã quá hạn cập nhật',
    'The revocation list is out of date',
    ...tryLater,
  ),
  TIME_NOT_TRUSTED: text(
    'Đồng hồ của trục chưa đáng tin để kết luận',
    "The hub's clock cannot be trusted for a verdict now",
    ...tryLater,
  ),
  TIMESTAMP_UNAVAILABLE: text('Chưa lấy được dấu thời gian', 'The time stamp is not available', ...tryLater),
  TIMESTAMP_INVALID: text(
    'Dấu thời gian không hợp lệ',
    'The time stamp is not valid',
    'Ký lại kèm dấu thời gian của đơn vị cấp dấu thời gian tin cậy.',
    'Sign again with a time stamp of a trusted time-stamping authority.',
  ),
  SIGNING_TIME_OUT_OF_WINDOW: text(
    'Thời điểm ký ghi trong chữ ký nằm ngoài khoảng được phép',
    'The signing time written in the signature lies outside the allowed window',
    'Chỉnh đúng giờ của máy ký rồi ký lại.',
    'Set the clock of the signing computer right and sign again.',
  ),
  PDF_COVERAGE: text(
    'Chữ ký trong tệp PDF không bao phủ đúng nội dung tệp',
    'The signature in the PDF file does not cover the file as it should',
    ...signPdfAgain,
  ),
  PDF_CHANGED_AFTER_SIGNING: text(
    'Tệp PDF đã bị thay đổi sau khi ký',
    'The PDF file was changed after it was signed',
    ...signPdfAgain,
  ),
  PDF_CMS: text(
    'Khối chữ ký trong tệp PDF sai cấu trúc',
    'The signature block in the PDF file is malformed',
    ...signPdfAgain,
  ),
  PDF_LATER_REVISION: text(
    'Sau khi ký, tệp PDF được bổ sung nội dung mà chữ ký cho phép (điền biểu mẫu, dữ liệu xác thực, dấu thời gian)',
    'After signing, the PDF was given additions that its signatures permit (form filling, validation data, time stamps)',
    'Xem danh sách bổ sung trước khi dùng.',
    'Look through the additions before relying on it.',
  ),
  PDF_ACTIVE_CONTENT: text(
    'Tệp PDF có nội dung thực thi hoặc tệp nhúng',
    'The PDF holds active content or files inside',
    'Không mở tệp nhúng, không cho chạy mã; nên xuất lại theo PDF/A.',
    'Do not open files inside or let anything run; better export it as PDF/A.',
  ),
  PDF_NOT_FINISHED: text(
    'Tệp PDF quá nặng, chưa kiểm tra xong trong thời gian cho phép',
    'The PDF is too heavy: its check did not end in the time allowed',
    'Gửi lại sau ít phút; nếu vẫn vậy, xuất lại tệp nhẹ hơn, ký rồi gửi lại.',
    'Send it again in some minutes; if it stays so, export a lighter file, sign and send that.',
  ),
  PDF_UNSUPPORTED: text(
    'Không kiểm tra được tệp PDF này (mã hóa, hỏng hoặc vượt giới hạn)',
    'This PDF file cannot be checked (encrypted, broken or past a limit)',
    'Xuất lại tệp PDF không đặt mật khẩu rồi ký lại.',
    'Export the PDF again without a password, and sign it again.',
  ),
}
