import type { VerificationCode } from '../verification-codes.ts'
import { type HelpText, help } from './topic.ts'

/** Signatures inside PDF files. */
export const pdfHelp = {
  PDF_COVERAGE: help(
    [
      'Phạm vi ký (ByteRange) chừa lại phần không được bảo vệ, nên có thể giấu nội dung khác ở đó.',
      'The ByteRange leaves parts unprotected, where other content may hide.',
    ],
    ['Không dùng tệp; xin bản PDF gốc.', 'Do not use the file; ask for the original PDF.'],
    [
      'ByteRange phải phủ toàn tệp trừ giá trị Contents; đừng ghép tệp sau khi ký.',
      'ByteRange must span the whole file but Contents; never merge files after signing.',
    ],
  ),
  PDF_CHANGED_AFTER_SIGNING: help(
    [
      'Sau chữ ký cuối, trang đã bị thêm chữ, hình, hoặc đổi cấu trúc ngoài những gì chữ ký cho phép.',
      'After the last signature text, pictures or structure were changed beyond what it permits.',
    ],
    [
      'Không xử lý bản này; yêu cầu cơ quan gửi gửi lại bản đã ký.',
      'Do not act on this copy; ask the agency for the signed one.',
    ],
    [
      'Đóng số, ngày, mã vạch trước khi ký hoặc trong ô biểu mẫu được phép; không “tối ưu” PDF sau khi ký.',
      'Put number, date and bar codes in before signing, or in permitted fields; never “optimise” a signed PDF.',
    ],
  ),
  PDF_CMS: help(
    [
      'Dữ liệu chữ ký bên trong PDF hỏng hoặc không đúng dạng CMS tách rời.',
      'The signature data in the PDF is damaged, or no detached CMS.',
    ],
    ['Ký lại từ bản PDF gốc.', 'Sign again, from the original PDF.'],
    [
      'Dùng SubFilter ETSI.CAdES.detached hoặc adbe.pkcs7.detached, chừa đủ chỗ cho Contents.',
      'Use ETSI.CAdES.detached or adbe.pkcs7.detached, and leave Contents enough room.',
    ],
  ),
  PDF_UNSUPPORTED: help(
    [
      'PDF đặt mật khẩu, hỏng, hoặc vượt giới hạn nên không đọc được mà không đoán.',
      'The PDF is encrypted, broken or past a limit, and cannot be read without guessing.',
    ],
    ['Kết xuất lại không mật khẩu, ký lại.', 'Export it without a password, and sign again.'],
    ['Xuất PDF/A; tránh sửa tệp bằng công cụ “khôi phục”.', 'Export PDF/A; avoid tools that “repair” files.'],
  ),
  PDF_NOT_FINISHED: help(
    [
      'Việc kiểm tra quá lâu nên dừng lại; đây không phải kết luận về tệp.',
      'The check took too long and was given up; it says nothing about the file.',
    ],
    ['Thử lại; nếu vẫn vậy, xin bản PDF nhẹ hơn.', 'Try again; if it stays so, ask for a lighter PDF.'],
    [
      'Giảm số trang ảnh và đối tượng; tệp hàng triệu đối tượng sẽ không qua.',
      'Fewer images and objects; files of a million objects do not pass.',
    ],
  ),
  PDF_LATER_REVISION: help(
    [
      'Sau khi ký có phần bổ sung được phép, như chữ ký thứ hai, số và ngày, dữ liệu xác thực.',
      'After signing, permitted additions were made: a second signature, number and date, validation data.',
    ],
    [
      'Xem danh sách bổ sung ở trang Kiểm tra; phần đã ký vẫn nguyên.',
      'See the list of additions on the Verify page; what was signed is unchanged.',
    ],
    [
      'Đây là ghi chú đi kèm mã khác, không làm chữ ký mất hiệu lực.',
      'A remark beside another code; it makes no signature invalid.',
    ],
  ),
  PDF_ACTIVE_CONTENT: help(
    [
      'PDF chứa mã lệnh, liên kết mở chương trình, biểu mẫu động hoặc tệp nhúng.',
      'The PDF holds scripts, actions, dynamic forms or embedded files.',
    ],
    [
      'Đọc trong trình xem của trang; đừng mở tệp nhúng bên trong.',
      'Read it in the viewer of the page; open nothing that lies inside.',
    ],
    ['Xuất văn bản dưới dạng PDF/A, không JavaScript.', 'Export documents as PDF/A, without JavaScript.'],
  ),
} as const satisfies Partial<Record<VerificationCode, HelpText>>
