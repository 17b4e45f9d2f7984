import { type FindingText, text } from './text.ts'

/** What an envelope does to earlier documents, and what policy says of it (edXML 9 and 10). */
export const flowTexts: readonly (readonly [code: string, text: FindingText])[] = [
  [
    'M.TraceHeaderList.Bussiness.DocumentId',
    text(
      'Trục không biết văn bản bị thu hồi, cập nhật hoặc thay thế',
      'The hub does not know the document to revoke, update or replace',
      'Kiểm tra mã văn bản gốc; văn bản gốc phải do chính cơ quan này gửi qua trục.',
      'Check the identifier of the earlier document; it must have been sent here by this agency.',
    ),
  ],
  [
    'M.TraceHeaderList.Loop',
    text(
      'Gói tin đã đi qua trục này',
      'The envelope has passed this hub before',
      'Không gửi lại gói tin nhận từ trục; tạo văn bản mới nếu cần.',
      'Do not send back an envelope received from the hub; make a new document.',
    ),
  ],
  [
    'M.UpdateStatusDoc',
    text(
      'Trạng thái báo cho văn bản mà trục không biết',
      'The status is for a document that the hub does not know',
      'Kiểm tra mã định danh văn bản và mã cơ quan gửi văn bản.',
      'Check the document identifier and the agency that sent it.',
    ),
  ],
  [
    'M.Exist',
    text(
      'Mã định danh văn bản đã được cơ quan này dùng cho nội dung khác',
      'This agency already used the document identifier for other content',
      'Gửi gói cập nhật hoặc thay thế, hoặc dùng mã định danh khác.',
      'Send an update or a replacement, or use another identifier.',
    ),
  ],
  [
    'M.Exist.Rebuilt',
    text(
      'Gói tin được tạo lại cho cùng một văn bản; trục giữ gói đã nhận lần đầu',
      'The file was rebuilt for the same document; the hub keeps the first one',
      'Không cần gửi lại.',
      'Nothing to do.',
    ),
  ],
  [
    'Permission',
    text(
      'Không được tác động lên văn bản của cơ quan khác',
      'An agency may not act on a document of another agency',
      'Chỉ cơ quan ban hành được thu hồi, cập nhật hoặc thay thế văn bản của mình.',
      'Only the agency that sent a document revokes, updates or replaces it.',
    ),
  ],
  [
    'CheckSignature',
    text(
      'Chữ ký số của gói tin không đạt chính sách của hệ thống gửi',
      "The signature of the envelope fails the sending system's policy",
      'Ký lại gói tin bằng chứng thư số còn hiệu lực của cơ quan gửi rồi gửi lại.',
      'Sign the envelope again with a valid certificate of the sending agency and send again.',
    ),
  ],
  [
    'CheckAttachment',
    text(
      'Chữ ký số trong tệp đính kèm không đạt chính sách của hệ thống gửi',
      "A signature inside the attachment fails the sending system's policy",
      'Ký lại tệp gốc bằng chứng thư số còn hiệu lực, đính kèm lại rồi gửi lại.',
      'Sign the original file again with a valid certificate, attach it again and send again.',
    ),
  ],
  [
    'MalwareFound',
    text(
      'Phần mềm quét tìm thấy mã độc trong tệp đính kèm',
      'The scanner found malware in the attachment',
      'Kiểm tra máy đã tạo tệp, thay bằng tệp sạch rồi gửi lại.',
      'Examine the machine that made the file, put a clean file in its place and send again.',
    ),
  ],
  [
    'MalwareUnchecked',
    text(
      'Chưa quét được mã độc trong tệp đính kèm; trục không nhận tệp chưa quét',
      'The attachment could not be scanned for malware, and the hub takes nothing unscanned',
      'Gửi lại sau; không cần sửa gì.',
      'Send the same again later; nothing needs to be changed.',
    ),
  ],
  [
    'M.StateSecret',
    text(
      'Văn bản mang dấu chỉ độ mật nhà nước; trục không chuyển và đã xóa nội dung',
      'The document is marked as a state secret; the hub does not carry it and erased its content',
      'Gửi tài liệu mật theo quy định bảo vệ bí mật nhà nước; nếu ghi nhầm, sửa rồi gửi lại.',
      'Send secret documents as the law on state secrets says; if marked by mistake, correct it and send again.',
    ),
  ],
  [
    'ACTION_NOT_APPLIED',
    text(
      'Gói tin đã được nhận và chuyển, nhưng trục chưa tự áp dụng tác động lên văn bản trước',
      'The envelope is accepted and delivered, but its effect on the earlier document is not applied by the hub',
      'Theo dõi phản hồi của cơ quan nhận.',
      "Watch for the receivers' answers.",
    ),
  ],
]
