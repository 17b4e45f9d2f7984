import { type FindingText, text } from './text.ts'

/** Faults of attachments and of their list (edXML 7). */
export const attachmentTexts: readonly (readonly [code: string, text: FindingText])[] = [
  [
    'N.AttachmentEncoded.Attachment',
    text(
      'Danh mục nêu tệp nhưng gói tin không có tệp đó',
      'The list names a file that the envelope does not hold',
      'Đính kèm lại tệp rồi gửi lại.',
      'Attach the file again and send again.',
    ),
  ],
  [
    'M.edXMLManifest.Reference',
    text(
      'Gói tin có tệp không nêu trong danh mục',
      'The envelope holds a file that the list does not name',
      'Xuất lại gói tin để danh mục và tệp đính kèm khớp nhau.',
      'Export the envelope again so that list and files agree.',
    ),
  ],
  [
    'M.edXMLManifest.Reference.AttachmentName',
    text(
      'Tên tệp trong danh mục khác tên ở phần tệp đính kèm; dùng tên trong danh mục',
      "The file's name differs between the list and the attachment; the list's name counts",
      'Ghi cùng một tên tệp ở hai nơi.',
      'Write the same file name in both places.',
    ),
  ],
  [
    'M.edXMLManifest.Reference.ContentId',
    text(
      'Danh mục tệp dùng một mã cho hai tệp, hoặc thiếu mã nên phải khớp theo tên',
      'The list uses one identifier for two files, or has none and was matched by name',
      'Mỗi tệp phải có một mã ContentId riêng.',
      'Give each file a ContentId of its own.',
    ),
  ],
  [
    'T.AttachmentEncoded.Attachment.ContentTransferEncoded',
    text(
      'Nội dung tệp đính kèm không phải là Base64 hợp lệ',
      'The content of the attachment is not valid Base64',
      'Đính kèm lại tệp; có thể phần mềm chưa điền nội dung vào mẫu.',
      'Attach the file again; the software may not have filled its template.',
    ),
  ],
  [
    'R.AttachmentEncoded.Attachment',
    text(
      'Tệp đính kèm quá lớn, quá nhiều hoặc nén quá mức cho phép',
      'The attachment is too large, one of too many, or compressed beyond the limit',
      'Giảm dung lượng hoặc số lượng tệp rồi gửi lại.',
      'Send smaller or fewer files.',
    ),
  ],
  [
    'M.AttachmentEncoded.Attachment',
    text(
      'Tệp nén của tệp đính kèm bị hỏng',
      'The ZIP of the attachment is broken',
      'Đính kèm lại tệp gốc rồi gửi lại.',
      'Attach the original file again and send again.',
    ),
  ],
  [
    'M.AttachmentEncoded.Attachment.Damaged',
    text(
      'Tệp đính kèm đã hỏng: tệp nhị phân bị đọc như văn bản trước khi mã hóa, không phục hồi được',
      'The attachment is damaged beyond repair: a binary file was read as text before it was encoded',
      'Đính kèm lại tệp gốc; báo nhà cung cấp phần mềm đọc tệp ở chế độ nhị phân.',
      'Attach the original again; tell the vendor to read files as bytes.',
    ),
  ],
  [
    'M.AttachmentEncoded.Attachment.ContentId',
    text(
      'Hai tệp đính kèm mang cùng một mã',
      'Two attachments carry the same identifier',
      'Mỗi tệp phải có một mã ContentId riêng.',
      'Give each file a ContentId of its own.',
    ),
  ],
  [
    'M.AttachmentEncoded.Attachment.AttachmentName',
    text(
      'Phần mở rộng của tên tệp không khớp với nội dung tệp',
      "The extension of the file's name does not fit its content",
      'Kiểm tra tệp đã đính kèm có mở được không.',
      'Check that the attached file opens.',
    ),
  ],
  [
    'R.AttachmentName',
    text(
      'Tên tệp đính kèm dài quá 500 ký tự',
      'The name of the attachment is longer than 500 characters',
      'Đặt tên tệp ngắn hơn.',
      'Give the file a shorter name.',
    ),
  ],
]
