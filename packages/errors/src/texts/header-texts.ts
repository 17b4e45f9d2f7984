import { type FindingText, text } from './text.ts'

/** Faults of the header, and what the directory says of its agencies (edXML 4, 11 and 12). */
export const headerTexts: readonly (readonly [code: string, text: FindingText])[] = [
  [
    'M.MessageHeader.StatusCode',
    text(
      'Gói tin vừa có mã trạng thái vừa có phần thân văn bản',
      'The envelope has both a status code and a document body',
      'Gửi riêng văn bản và gói trạng thái.',
      'Send the document and the status message apart.',
    ),
  ],
  [
    'R.MessageHeader.StatusCode',
    text(
      'Mã trạng thái xử lý không có trong danh mục (01–06, 13, 15, 16)',
      'The status code is not one of 01–06, 13, 15, 16',
      'Chọn mã trạng thái trong danh mục rồi gửi lại.',
      'Choose a status code of the list and send again.',
    ),
  ],
  [
    'R.MessageHeader.OtherInfo.Priority',
    text(
      'Độ khẩn không nằm trong khoảng 0–4',
      'The urgency is not between 0 and 4',
      'Chọn 0 Thường, 1 Khẩn, 2 Thượng khẩn, 3 Hỏa tốc, 4 Hỏa tốc hẹn giờ.',
      'Choose 0 normal, 1 urgent, 2 very urgent, 3 express, 4 express at a set time.',
    ),
  ],
  [
    'R.MessageHeader.PromulgationInfo.PromulgationDate',
    text(
      'Ngày ban hành ở tương lai',
      'The date of issue is in the future',
      'Kiểm tra ngày ban hành và đồng hồ máy tính rồi gửi lại.',
      'Check the date of issue and the clock of the computer, and send again.',
    ),
  ],
  [
    'R.MessageHeader.DueDate',
    text(
      'Hạn trả lời trước ngày ban hành',
      'The due date is before the date of issue',
      'Kiểm tra hạn trả lời.',
      'Check the due date.',
    ),
  ],
  [
    'R.MessageHeader.Timestamp',
    text(
      'Thời điểm cập nhật trạng thái trước ngày của văn bản',
      'The time of the status is before the date of the document',
      'Kiểm tra đồng hồ của hệ thống gửi.',
      'Check the clock of the reporting system.',
    ),
  ],
  [
    'R.MessageHeader.To',
    text(
      'Quá nhiều cơ quan nhận trong một gói tin',
      'The envelope names too many receivers',
      'Chia danh sách nơi nhận thành nhiều gói tin.',
      'Spread the receivers over several envelopes.',
    ),
  ],
  [
    'M.MessageHeader.From.OrganId',
    text(
      'Cơ quan gửi không có trong danh mục hoặc hệ thống này không được gửi thay',
      'The sending agency is unknown, or this system may not send for it',
      'Kiểm tra mã cơ quan gửi; đề nghị quản trị trục gắn cơ quan với hệ thống.',
      'Check the code of the sending agency; ask the administrator to bind it to the system.',
    ),
  ],
  [
    'R.MessageHeader.To.OrganId',
    text(
      'Mã cơ quan nhận không có trong danh mục',
      'The receiving agency is not in the directory',
      'Chọn lại cơ quan nhận từ danh mục của trục.',
      "Choose the receiver again from the hub's directory.",
    ),
  ],
  [
    'M.MessageHeader.To.OrganId',
    text(
      'Một cơ quan nhận được ghi hai lần; chỉ giao một lần',
      'The same receiver is named twice; it gets one delivery',
      'Bỏ dòng nơi nhận bị lặp.',
      'Remove the repeated receiver.',
    ),
  ],
  [
    'M.MessageHeader.To.Sender',
    text(
      'Cơ quan nhận trùng với cơ quan gửi',
      'The receiver is the sender itself',
      'Kiểm tra lại nơi nhận nếu không phải gửi thử.',
      'Check the receiver, unless this is a test.',
    ),
  ],
  [
    'M.MessageHeader.To.Closed',
    text(
      'Cơ quan nhận đã ngừng hoạt động và chưa có cơ quan kế thừa',
      'The receiver is closed and has no successor',
      'Tra cứu cơ quan kế thừa trong danh mục rồi gửi lại.',
      'Look up the agency that took over and send again.',
    ),
  ],
  [
    'M.MessageHeader.To.NotConnected',
    text(
      'Cơ quan nhận chưa kết nối với trục',
      'The receiver is known, but no open system serves it',
      'Gửi cho cơ quan đã kết nối hoặc gửi bằng đường khác.',
      'Send to a connected agency, or by another way.',
    ),
  ],
  [
    'M.MessageHeader.To.Locked',
    text(
      'Cơ quan nhận đang khóa, không nhận văn bản qua trục',
      'The receiver is locked: the directory says that it does not receive',
      'Gửi cho cơ quan cấp trên hoặc bằng đường khác; liên hệ cơ quan nhận nếu là nhầm lẫn.',
      'Send to the agency above it, or by another way; call the receiver if this is a mistake.',
    ),
  ],
  [
    'M.MessageHeader.To.Silent',
    text(
      'Hệ thống của cơ quan nhận đã hơn hai ngày làm việc chưa lấy văn bản',
      "The receiver's system has not called for two working days",
      'Liên hệ cơ quan nhận nếu văn bản cần xử lý gấp.',
      'Call the receiver if the document is urgent.',
    ),
  ],
  ['M.MessageHeader.From.OrganName', nameDiffers('gửi', 'sending')],
  ['M.MessageHeader.To.OrganName', nameDiffers('nhận', 'receiving')],
  [
    'M.MessageHeader.DocumentId',
    text(
      'Mã định danh văn bản không khớp với phần đầu văn bản, hoặc bị lặp',
      'The document identifier contradicts the header, or stands twice',
      'Kiểm tra mã định danh: mã cơ quan, ngày, số và ký hiệu.',
      'Check the identifier: agency, date, number and notation.',
    ),
  ],
]

function nameDiffers(vi: string, en: string): FindingText {
  return text(
    `Tên cơ quan ${vi} khác tên trong danh mục; người nhận thấy tên trong danh mục`,
    `The name of the ${en} agency differs from the directory, whose name is shown`,
    'Cập nhật danh mục cơ quan trong phần mềm.',
    'Update the list of agencies in the software.',
  )
}

/** `M.MessageHeader.To.Closed` where there are choices. */
export function splitText(choices: string): FindingText {
  return text(
    'Cơ quan nhận đã chia tách, không có một cơ quan kế thừa duy nhất',
    'The receiver was split and no single agency follows it',
    `Chọn nơi nhận rồi gửi lại: ${choices}.`,
    `Choose the receiver and send again: ${choices}.`,
  )
}
