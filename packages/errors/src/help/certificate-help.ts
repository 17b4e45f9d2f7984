import type { VerificationCode } from '../verification-codes.ts'
import { type HelpText, help } from './topic.ts'

/** Certificates, revocation and time. */
export const certificateHelp = {
  PATH_NOT_FOUND: help(
    [
      'Trục không có chứng thư gốc nào dẫn tới nơi cấp chứng thư này, nên chưa thể tin hay bác.',
      'No trust anchor of the hub leads to the issuer, so it can be neither trusted nor rejected.',
    ],
    [
      'Hỏi bên gửi chứng thư do đâu cấp, rồi hỏi quản trị trục có tin nơi cấp ấy không.',
      'Ask the sender who issued the certificate, and the operator whether that authority is trusted.',
    ],
    [
      'Gửi kèm chứng thư trung gian trong X509Data. Quản trị: nhập gốc ở trang Tin cậy.',
      'Send intermediate certificates along in X509Data. Operator: import the anchor on the Trust page.',
    ],
  ),
  PATH_INVALID: help(
    [
      'Chuỗi chứng thư vi phạm RFC 5280: sai mục đích sử dụng, vượt phạm vi tên, hoặc chữ ký của nơi cấp sai.',
      'The path breaks RFC 5280: wrong purpose, name outside of limits, or a bad signature of an issuer.',
    ],
    [
      'Chứng thư này không dùng để ký văn bản được; hỏi nơi cấp.',
      'This certificate is not for signing documents; ask the authority.',
    ],
    [
      'Chi tiết nêu quy tắc bị vi phạm; kiểm tra keyUsage và extendedKeyUsage.',
      'The detail names the rule; look at keyUsage and extendedKeyUsage.',
    ],
  ),
  CERTIFICATE_EXPIRED: help(
    ['Vào thời điểm được xét, chứng thư đã quá ngày hết hạn.', 'At the judged time the certificate was past its end.'],
    [
      'Gia hạn chứng thư rồi ký lại. Văn bản ký khi chứng thư còn hạn và có dấu thời gian vẫn hợp lệ.',
      'Renew it and sign again. What was signed in time, with a time stamp, stays valid.',
    ],
    [
      'Theo dõi notAfter và cảnh báo trước 30 ngày; thêm dấu thời gian khi ký.',
      'Watch notAfter and warn 30 days ahead; add a time stamp when signing.',
    ],
  ),
  CERTIFICATE_NOT_YET_VALID: help(
    [
      'Chứng thư có hiệu lực từ một ngày sau thời điểm được xét, hoặc đồng hồ máy ký sai.',
      'The certificate begins after the judged time, or the clock of the signing computer is wrong.',
    ],
    ['Chờ đến ngày có hiệu lực rồi ký lại.', 'Wait until it begins, and sign again.'],
    ['Đồng bộ đồng hồ máy chủ ký bằng NTP.', 'Set the clock of the signing server by NTP.'],
  ),
  CERTIFICATE_REVOKED: help(
    [
      'Nơi cấp đã thu hồi chứng thư, ví dụ vì mất thiết bị ký hoặc người ký đổi chức vụ.',
      'Its issuer revoked the certificate, for a lost device or a changed office for instance.',
    ],
    [
      'Đừng xử lý văn bản; gọi cho cơ quan gửi theo số điện thoại đã biết để xác nhận.',
      'Do not act on the document; call the sender at a number you know.',
    ],
    ['Xin cấp chứng thư mới; ngừng dùng khóa cũ ngay.', 'Have a new one issued; stop using the old key at once.'],
  ),
  CA_REVOKED: help(
    [
      'Chứng thư của một đơn vị trong chuỗi cấp đã bị thu hồi, nên mọi chứng thư bên dưới không còn tin được.',
      'A certificate of an authority in the path is revoked, so nothing below it can be trusted.',
    ],
    ['Hỏi nơi cấp chứng thư cách đổi chứng thư.', 'Ask the authority how to exchange the certificate.'],
    [
      'Quản trị: trang Tin cậy, mục “nếu bị thu hồi”, cho biết những cơ quan bị ảnh hưởng.',
      'Operator: “what if” on the Trust page shows which agencies are concerned.',
    ],
  ),
  REVOCATION_UNAVAILABLE: help(
    [
      'Trục chưa có danh sách thu hồi hay trả lời OCSP nào cho một chứng thư trong chuỗi.',
      'The hub has no revocation list or OCSP answer for a certificate of the path.',
    ],
    ['Thử lại sau; không cần ký lại.', 'Try again later; signing again does not help.'],
    [
      'Quản trị: mở đường mạng tới điểm phát hành CRL, hoặc nạp CRL bằng tay.',
      'Operator: let the hub reach the distribution point, or import the list.',
    ],
  ),
  REVOCATION_STALE: help(
    [
      'Danh sách thu hồi trong tay đã quá hạn nextUpdate và chưa lấy được bản mới.',
      'The revocation list at hand is past nextUpdate, and no newer one could be had.',
    ],
    ['Thử lại sau ít phút; không cần ký lại.', 'Try again in a few minutes; do not sign again.'],
    [
      'Quản trị: trang Tin cậy cho biết nơi cấp nào chậm phát hành; liên hệ nơi cấp.',
      'Operator: the Trust page names the authority that is late; ask it.',
    ],
  ),
  TIME_NOT_TRUSTED: help(
    [
      'Đồng hồ của trục và của cơ sở dữ liệu lệch nhau quá 60 giây, nên trục không dám kết luận theo thời gian.',
      'The clocks of hub and database are more than 60 s apart, so the hub decides nothing that depends on time.',
    ],
    ['Thử lại sau; báo quản trị trục nếu kéo dài.', 'Try again later; tell the operator if it stays so.'],
    [
      'Quản trị: sửa NTP trên máy chủ trục và máy chủ PostgreSQL.',
      'Operator: mend NTP on the servers of the hub and of PostgreSQL.',
    ],
  ),
  TIMESTAMP_UNAVAILABLE: help(
    ['Nơi cấp dấu thời gian chưa trả lời.', 'The time-stamping authority does not answer.'],
    ['Thử lại sau ít phút.', 'Try again in a few minutes.'],
    [
      'Kiểm tra địa chỉ TSA và đường mạng; quản trị xem DOCAXIS_TSA_URL.',
      'Check the address of the TSA and the network; operators see DOCAXIS_TSA_URL.',
    ],
  ),
  TIMESTAMP_INVALID: help(
    [
      'Dấu thời gian không thuộc chữ ký này, do nơi không được tin cấp, hoặc bị sửa.',
      'The time stamp belongs to another signature, comes from nobody trusted, or was changed.',
    ],
    ['Yêu cầu bên gửi ký lại với dấu thời gian.', 'Ask the sender to sign again with a time stamp.'],
    [
      'Lấy dấu trên giá trị chữ ký theo RFC 3161, bằng SHA-256, từ TSA được trục tin.',
      'Stamp the signature value by RFC 3161 with SHA-256, from a TSA that the hub trusts.',
    ],
  ),
  SIGNING_TIME_OUT_OF_WINDOW: help(
    [
      'Thời điểm ký ghi trong tệp ở tương lai hoặc quá xa thời điểm trục nhận.',
      'The claimed signing time lies ahead, or too far from when the hub received it.',
    ],
    ['Chỉnh ngày giờ trên máy ký rồi ký lại.', 'Set date and time of the signing computer, and sign again.'],
    ['Ghi SigningTime theo UTC; đồng bộ NTP.', 'Write SigningTime in UTC; keep the clock by NTP.'],
  ),
} as const satisfies Partial<Record<VerificationCode, HelpText>>
