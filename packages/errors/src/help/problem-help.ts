import type { ProblemCode } from '../problem-codes.ts'
import { type HelpText, help } from './topic.ts'
import { uploadHelp } from './upload-help.ts'
import { waitingHelp } from './waiting-help.ts'

/** Failures of a call. */
export const problemHelp: Readonly<Record<ProblemCode, HelpText>> = {
  ...uploadHelp,
  ...waitingHelp,
  REQUEST_INVALID: help(
    [
      'Một tham số, header hoặc trường JSON của lời gọi không đúng mô tả của giao diện. Trục chưa làm gì.',
      'A parameter, header or JSON field of the call does not fit the API. The hub has done nothing.',
    ],
    [
      'Đây không phải lỗi của văn bản. Chuyển thông báo này cho nhà cung cấp phần mềm.',
      'The document is not at fault. Pass this message to the vendor of your software.',
    ],
    [
      'Danh sách errors[] nêu từng chỗ sai; đối chiếu với /api/docs. Gửi lại y nguyên sẽ lại bị từ chối.',
      'errors[] names each place; compare with /api/docs. The same request will be refused again.',
    ],
  ),
  ENVELOPE_MALFORMED: help(
    [
      'Tệp bị hỏng, bị cắt khi truyền, không phải UTF-8, hoặc không phải gói tin edXML.',
      'The file is damaged, was cut on its way, is not UTF-8, or is no edXML envelope.',
    ],
    [
      'Kết xuất lại gói tin từ phần mềm quản lý văn bản rồi gửi lại; đừng mở và sửa tệp bằng tay.',
      'Export the envelope from the e-office system again and send it; do not edit the file by hand.',
    ],
    [
      'Kiểm tra mã hóa UTF-8, thẻ đóng và kích thước tệp trước khi gửi; errors[] cho biết dòng, phần tử. Thử trước bằng POST /api/v1/documents/validate.',
      'Check UTF-8, closing tags and the size before sending; errors[] names the place. Try with POST /api/v1/documents/validate first.',
    ],
  ),
  AUTHENTICATION_REQUIRED: help(
    [
      'Thiếu hoặc sai token, chứng thư máy khách hay chữ ký VXP; token có thể đã bị thay hoặc hệ thống bị khóa. Ở trang quản trị: sai tên, mật khẩu, mã xác nhận, hoặc phiên đã hết.',
      'The token, client certificate or VXP signature is missing or wrong; the token may have been replaced or the system locked. In the console: wrong login, password or code, or the session is over.',
    ],
    [
      'Trên trang quản trị, đăng nhập lại. Trong phần mềm của cơ quan, báo người quản trị phần mềm: văn bản chưa được gửi.',
      'In the console, sign in again. In your own software, tell its administrator: the document was not sent.',
    ],
    [
      'Gửi header Authorization: Bearer <token> do quản trị trục cấp. Sau 401 đừng gọi lặp: quá nhiều lần sai từ một địa chỉ sẽ bị chặn tạm thời.',
      'Send Authorization: Bearer <token> as issued by the operator. Do not repeat after 401: many failures of one address are blocked for a while.',
    ],
  ),
  FORBIDDEN: help(
    [
      'Trục nhận ra hệ thống hoặc tài khoản, nhưng việc này nằm ngoài quyền đã cấp.',
      'The hub knows the system or account, but this lies outside of the rights it was given.',
    ],
    [
      'Nếu công việc cần quyền này, đề nghị quản trị trục cấp và nêu rõ việc cần làm.',
      'If your work needs it, ask the operator of the hub for the right, and say what for.',
    ],
    [
      'Kiểm tra vai trò của hệ thống và các cơ quan được gắn với nó; các lệnh /admin chỉ dành cho hệ thống vận hành.',
      'Check the roles of the system and the agencies bound to it; calls under /admin are for operators alone.',
    ],
  ),
  SENDER_NOT_ALLOWED: help(
    [
      'Mã cơ quan ở phần From không nằm trong các cơ quan mà hệ thống này được gửi thay.',
      'The agency in From is none of those that this system may send for.',
    ],
    [
      'Kiểm tra mã định danh cơ quan gửi trong phần mềm. Sau sáp nhập, dùng mã mới của cơ quan.',
      'Check the code of the sending agency in your software. After a merger, use the new code.',
    ],
    [
      'details nêu mã đã gửi. Đề nghị quản trị trục gắn cơ quan vào hệ thống, hoặc sửa From/OrganId.',
      'details names the code that was sent. Have the operator bind the agency to the system, or correct From/OrganId.',
    ],
  ),
  CONFORMANCE_IN_PRODUCTION: help(
    [
      'Kịch bản kiểm thử tạo văn bản giả, nên trục đang chuyển văn bản thật không chạy nó.',
      'The script makes documents up, so a hub that carries real ones does not play it.',
    ],
    [
      'Không ảnh hưởng đến văn bản nào; hỏi nhà cung cấp vì sao kiểm thử lại gọi trục chính thức.',
      'No document is concerned; ask your vendor why a test calls the production hub.',
    ],
    [
      'Đổi địa chỉ sang trục thử nghiệm hoặc bản demo (pnpm start) rồi chạy docaxis conformance.',
      'Point to a test hub or to the demo (pnpm start), and run docaxis conformance there.',
    ],
  ),
  NOT_FOUND: help(
    [
      'Không có gì mang mã này, hoặc có nhưng bạn không được thấy. Trục cố ý trả lời như nhau cho hai trường hợp.',
      'Nothing has this id, or you may not see what has. The hub answers both alike on purpose.',
    ],
    [
      'Kiểm tra lại mã hoặc đường dẫn; tìm văn bản theo số, ký hiệu ở trang Văn bản.',
      'Check the id or the link; look for the document by its number on the Documents page.',
    ],
    [
      'Dùng id do trục trả (24 ký tự), không dùng DocumentId của bên gửi. Mã của lượt giao và của văn bản là hai mã khác nhau.',
      'Use the id that the hub gave (24 characters), not the sender’s DocumentId. A delivery and a document have different ids.',
    ],
  ),
  METHOD_NOT_ALLOWED: help(
    [
      'Địa chỉ đúng nhưng phương thức HTTP (GET, POST, …) không dùng được ở đó.',
      'The address is right, but this HTTP method (GET, POST, …) is not for it.',
    ],
    [
      'Đây là lỗi của phần mềm, không phải của văn bản; báo nhà cung cấp.',
      'The software is at fault, not the document; tell the vendor.',
    ],
    [
      'Header Allow liệt kê các phương thức dùng được; xem /api/docs.',
      'The Allow header lists what can be used; see /api/docs.',
    ],
  ),
  DOCUMENT_EXISTS: help(
    [
      'Cơ quan đã gửi một văn bản khác nội dung dưới cùng mã văn bản (DocumentId), hoặc số đã được cấp lại.',
      'The agency sent other content under the same DocumentId before, or the number was used again.',
    ],
    [
      'Muốn sửa văn bản đã gửi, phát hành văn bản cập nhật hoặc thay thế; nếu là văn bản mới, lấy số mới.',
      'To change what was sent, issue an update or a replacement; a new document needs a number of its own.',
    ],
    [
      'details có id của văn bản đã nhận. Đừng tạo lại XML khi gửi lại: gửi đúng tệp cũ thì trục trả 200 như lần đầu.',
      'details has the id of the accepted document. Do not rebuild the XML for a repeat: the very same file is answered 200 as before.',
    ],
  ),
  IDEMPOTENCY_CONFLICT: help(
    [
      'Khóa Idempotency-Key này đã đi cùng một yêu cầu có nội dung khác.',
      'This Idempotency-Key came with a request of other content before.',
    ],
    [
      'Phần mềm đã dùng lại khóa của một thao tác khác; báo nhà cung cấp, rồi thực hiện lại thao tác.',
      'The software used the key of another action; tell the vendor, and repeat the action.',
    ],
    [
      'Tạo khóa mới (UUID) cho mỗi thao tác; chỉ dùng lại khóa khi gửi lại đúng yêu cầu ấy.',
      'Make a new key (UUID) for each action; use it again only to repeat the very same request.',
    ],
  ),
  STATE_CONFLICT: help(
    [
      'Văn bản hoặc lượt giao đã sang trạng thái khác, ví dụ đã xác nhận, đã rút lại hoặc đã hết hạn, nên không làm được việc này nữa.',
      'The document or delivery has moved on, is acknowledged, withdrawn or expired for instance, and this can no longer be done.',
    ],
    [
      'Tải lại trang để xem trạng thái hiện tại rồi chọn việc phù hợp.',
      'Reload the page to see where it stands, and choose what fits.',
    ],
    [
      'Đọc trạng thái (GET /api/v1/documents/{id}) trước khi thao tác; details nêu trạng thái trục đang ghi.',
      'Read the state (GET /api/v1/documents/{id}) first; details names what the hub has.',
    ],
  ),
  UNSUPPORTED_MEDIA_TYPE: help(
    [
      'Header Content-Type không phải loại mà địa chỉ này nhận, hoặc bị thiếu.',
      'Content-Type is none that this address takes, or is missing.',
    ],
    [
      'Không cần sửa văn bản; chuyển thông báo cho nhà cung cấp phần mềm.',
      'The document needs no change; pass the message to the vendor.',
    ],
    [
      'Gửi gói tin với application/xml, dữ liệu khác với application/json; không nén thân yêu cầu.',
      'Send envelopes as application/xml and other data as application/json; do not compress bodies.',
    ],
  ),
  RANGE_NOT_SATISFIABLE: help(
    [
      'Phần mềm xin tải tiếp từ một vị trí nằm ngoài tệp, thường vì tệp tải dở dài hơn tệp thật.',
      'The software asked to go on from a place outside of the file, mostly because the partial file is longer than the real one.',
    ],
    ['Xóa phần đã tải dở rồi tải lại từ đầu.', 'Delete the partial download and fetch it from the start.'],
    [
      'So độ dài tệp dở với Content-Range trong câu trả lời và kiểm Content-Digest sau khi ghép.',
      'Compare the length of the partial file with Content-Range, and check Content-Digest after joining.',
    ],
  ),
  ENVELOPE_REFUSED: help(
    [
      'Gói tin đọc được nhưng vi phạm quy tắc: thiếu trường bắt buộc, mã cơ quan nhận sai, tệp đính kèm không khớp… Mọi lỗi được liệt kê một lần.',
      'The envelope can be read but breaks rules: a required field is missing, a receiver is unknown, an attachment does not fit… All faults are listed at once.',
    ],
    [
      'Sửa từng lỗi nêu trong danh sách ngay trong phần mềm quản lý văn bản, ký lại rồi gửi lại. Biên nhận từ chối được giữ làm bằng chứng.',
      'Correct each fault of the list in the e-office system, sign and send again. A refusal receipt is kept as evidence.',
    ],
    [
      'Mỗi phần tử của errors[] có code, path và hint; tra từng code tại trang này. Dùng POST /api/v1/documents/validate để kiểm trước khi gửi.',
      'Each item of errors[] has code, path and hint; look each code up here. POST /api/v1/documents/validate checks without sending.',
    ],
  ),
  SIGNATURE_REFUSED: help(
    [
      'Chính sách của hệ thống đòi chữ ký số hợp lệ, và chữ ký trên gói tin không hợp lệ. Mã kiểm tra trong errors[] nói vì sao.',
      'Policy asks for a valid signature, and that of the envelope is not. The verification code in errors[] says why.',
    ],
    [
      'Ký lại gói tin bằng chứng thư số còn hạn của cơ quan, không sửa gì sau khi ký. Chứng thư hết hạn hoặc bị thu hồi thì phải xin cấp mới.',
      'Sign again with a certificate of the agency that is in force, and change nothing afterwards. An expired or revoked one must be replaced.',
    ],
    [
      'Ký cả gói (URI="") bằng rsa-sha256 hoặc ecdsa-sha256, gửi nguyên byte đã ký. Kiểm thử tại chỗ bằng docaxis verify.',
      'Sign the whole packet (URI="") with rsa-sha256 or ecdsa-sha256 and send the signed bytes untouched. Check on the spot with docaxis verify.',
    ],
  ),
  ATTACHMENT_REFUSED: help(
    [
      'Chữ ký bên trong tệp PDF đính kèm không hợp lệ, thường vì tệp bị sửa, nén lại hoặc in lại thành PDF sau khi ký.',
      'A signature inside an attached PDF is not valid, mostly because the file was changed, compressed or printed to PDF after signing.',
    ],
    [
      'Lấy bản PDF gốc đã ký; nếu không còn, ký lại. Kiểm tra trước tại trang Kiểm tra chữ ký số (/verify).',
      'Take the original signed PDF, or sign it again. Check it first on the Verify page (/verify).',
    ],
    [
      'Đính kèm đúng byte của tệp đã ký; không chèn dấu đến, số, mã vạch vào sau khi ký, trừ trong ô mà chữ ký cho phép.',
      'Attach the very bytes that were signed; stamp no numbers or bar codes into them afterwards, but in fields that the signature permits.',
    ],
  ),
  MALWARE_FOUND: help(
    [
      'Máy quét tìm thấy mã độc trong một tệp đính kèm; gói tin không được nhận và không ai nhận được tệp.',
      'The scanner found malware in an attachment; the packet was not accepted and nobody got the file.',
    ],
    [
      'Báo bộ phận an toàn thông tin kiểm tra máy đã soạn tệp, tạo lại tệp sạch rồi gửi lại.',
      'Have your security people look at the computer that made the file; make a clean one and send again.',
    ],
    [
      'errors[] nêu tệp và tên mã độc. Nghi báo nhầm thì gửi SHA-256 của tệp cho quản trị trục, đừng đổi tên hay nén có mật khẩu để lách.',
      'errors[] names the file and the malware. If you think it is a false alarm, give the operator the SHA-256; do not rename or encrypt it to slip through.',
    ],
  ),
  STATE_SECRET: help(
    [
      'Văn bản được đánh dấu độ mật. Luật cấm chuyển bí mật nhà nước qua trục này, nên nội dung đã bị xóa ngay và không lưu lại.',
      'The document is marked as secret. State secrets may not travel through this hub, so the content was erased at once and not kept.',
    ],
    [
      'Gửi văn bản mật theo đường dành cho tài liệu mật. Nếu đánh dấu nhầm, sửa độ mật rồi gửi lại.',
      'Send it by the way that is meant for secrets. If the mark is a mistake, correct it and send again.',
    ],
    [
      'Chặn ngay trong phần mềm: không cho gửi liên thông khi độ mật khác thường.',
      'Stop it in your software: nothing with a mark of secrecy may be sent to the hub.',
    ],
  ),
  IMPORT_REFUSED: help(
    [
      'Tệp danh mục có dòng sai; trục không ghi dòng nào để danh mục không nửa cũ nửa mới.',
      'Lines of the import file are wrong; nothing was written, so that the directory is never half old and half new.',
    ],
    [
      'Sửa các dòng được liệt kê rồi nhập lại cả tệp.',
      'Correct the lines that are listed, and import the whole file again.',
    ],
    [
      'errors[].path là số dòng. Chạy thử bằng chế độ xem trước khi ghi.',
      'errors[].path is the line. Use the preview before writing.',
    ],
  ),
  EVENT_INVALID: help(
    [
      'Một sự kiện nội bộ không đúng lược đồ: lỗi của trục, hoặc có chương trình lạ ghi vào nhật ký sự kiện.',
      'An event inside the hub does not fit its schema: a bug, or a foreign writer on the log.',
    ],
    [
      'Bạn không cần làm gì; văn bản đã nhận không mất. Nếu văn bản đứng yên, báo quản trị trục.',
      'Nothing is asked of you; accepted documents are not lost. If one stands still, tell the operator.',
    ],
    [
      'Quản trị: xem thư chết bằng docaxis admin dead-letters, sửa nguyên nhân rồi phát lại.',
      'Operator: look at docaxis admin dead-letters, mend the cause, replay.',
    ],
  ),
}
