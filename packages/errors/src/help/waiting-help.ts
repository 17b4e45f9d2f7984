import type { ProblemCode } from '../problem-codes.ts'
import { type HelpText, help } from './topic.ts'

/** What the same request may succeed at later. */
export const waitingHelp = {
  RATE_LIMITED: help(
    [
      'Quá nhiều lời gọi hoặc quá nhiều lần đăng nhập sai trong thời gian ngắn, từ hệ thống này hoặc từ địa chỉ mạng này.',
      'Too many calls, or too many wrong sign-ins, within a short time by this system or from this network address.',
    ],
    [
      'Chờ hết thời gian được nêu rồi thử lại. Nhiều người chung một mạng có thể cùng bị tính; nếu thường xuyên, báo quản trị.',
      'Wait as long as the message says and try again. People behind one network count together; if it happens often, tell the operator.',
    ],
    [
      'Đọc Retry-After và chờ đúng số giây; hỏi hộp thư theo nhịp, dùng webhook thay cho hỏi liên tục. Sau proxy, khai báo DOCAXIS_TRUSTED_PROXIES.',
      'Read Retry-After and wait as many seconds; poll at a pace, or use a webhook. Behind a proxy, set DOCAXIS_TRUSTED_PROXIES.',
    ],
  ),
  INTERNAL: help(
    [
      'Trục gặp một lỗi lập trình; toàn bộ chi tiết đã ghi trong nhật ký dưới mã tra cứu.',
      'The hub met a bug; the log has all of it under the trace id.',
    ],
    [
      'Thử lại sau ít phút. Nếu vẫn vậy, gửi mã tra cứu cho quản trị trục.',
      'Try again in a few minutes. If it stays so, give the trace id to the operator of the hub.',
    ],
    [
      'Gửi lại đúng các byte cũ là an toàn: trục không nhận hai lần. Báo traceId, đừng gửi nội dung văn bản.',
      'Sending the same bytes again is safe: nothing is accepted twice. Report traceId, never the content.',
    ],
  ),
  STORAGE_UNAVAILABLE: help(
    [
      'Cơ sở dữ liệu hoặc ổ đĩa của trục chưa trả lời, hoặc đang có quá nhiều việc chờ. Không có gì bị lưu nửa chừng.',
      'The database or disk of the hub does not answer, or too much is waiting. Nothing is half stored.',
    ],
    [
      'Văn bản chưa được nhận. Phần mềm thường tự gửi lại; nếu không, gửi lại sau ít phút.',
      'The document is not accepted yet. Most software sends again by itself; if not, do so in a few minutes.',
    ],
    [
      'Gửi lại đúng các byte cũ sau Retry-After, giãn dần thời gian chờ. Quản trị: xem /health/ready và dung lượng đĩa.',
      'Send the same bytes after Retry-After, waiting longer each time. Operator: see /health/ready and free disk space.',
    ],
  ),
  SIGNATURE_UNPROVEN: help(
    [
      'Trục chưa có danh sách thu hồi mới hoặc dữ liệu thời gian của nơi cấp chứng thư, nên chưa thể nói chữ ký đúng hay sai.',
      'The hub lacks a fresh revocation list or time data of the issuer, and cannot say yet whether the signature is good.',
    ],
    [
      'Không cần ký lại. Gửi lại sau; văn bản chưa được coi là đã gửi.',
      'Do not sign again. Send later; the document does not count as sent yet.',
    ],
    [
      'Gửi lại đúng các byte cũ sau Retry-After. Quản trị: trang Tin cậy cho biết nơi cấp nào chưa trả lời; có thể nạp CRL bằng tay.',
      'Send the same bytes after Retry-After. Operator: the Trust page names the authority that does not answer; a CRL can be imported.',
    ],
  ),
  ATTACHMENT_UNPROVEN: help(
    [
      'Thiếu dữ liệu thu hồi hoặc thời gian cho chữ ký bên trong một tệp PDF đính kèm.',
      'Revocation or time data is missing for a signature inside an attached PDF.',
    ],
    ['Không cần ký lại tệp. Gửi lại sau ít phút.', 'The file need not be signed again. Send again in a few minutes.'],
    [
      'Gửi lại đúng gói cũ sau Retry-After; errors[] nêu tệp nào và nơi cấp nào còn thiếu.',
      'Send the same packet after Retry-After; errors[] names the file and the authority that is missing.',
    ],
  ),
  MALWARE_UNCHECKED: help(
    [
      'Máy quét mã độc chưa trả lời, và trục không nhận tệp chưa quét.',
      'The malware scanner does not answer, and the hub takes nothing unscanned.',
    ],
    ['Gửi lại sau ít phút; văn bản chưa được nhận.', 'Send again in a few minutes; the document is not accepted yet.'],
    [
      'Gửi lại đúng các byte cũ sau Retry-After. Quản trị: kiểm tra clamd tại DOCAXIS_CLAMD_URL.',
      'Send the same bytes after Retry-After. Operator: see to the clamd at DOCAXIS_CLAMD_URL.',
    ],
  ),
  SHUTTING_DOWN: help(
    [
      'Tiến trình này của trục đang dừng, thường để nâng cấp; một tiến trình khác sẽ trả lời ngay sau đó.',
      'This process of the hub is stopping, mostly for an upgrade; another answers soon.',
    ],
    ['Chờ vài giây rồi thử lại.', 'Wait some seconds and try again.'],
    [
      'Gửi lại y nguyên sau Retry-After; đừng coi đây là từ chối.',
      'Send the same after Retry-After; this is no refusal.',
    ],
  ),
} as const satisfies Partial<Record<ProblemCode, HelpText>>
