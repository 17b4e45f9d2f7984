import { type FindingText, text } from './text.ts'

/** Faults of the file as XML, and of its dialect (edXML 2). */
export const xmlTexts: readonly (readonly [code: string, text: FindingText])[] = [
  [
    'M.XML',
    text(
      'Tệp không phải là XML đúng cú pháp',
      'The file is not well-formed XML',
      'Xuất lại gói tin từ phần mềm, không sửa bằng tay; tệp phải là UTF-8 và bắt đầu bằng dấu <.',
      'Export the envelope again, do not edit it by hand; the file must be UTF-8 and begin with <.',
    ),
  ],
  [
    'M.XML.Namespace',
    text(
      'Tệp dùng tiền tố không gian tên XML chưa khai báo hoặc khai báo sai',
      'The file uses an XML namespace prefix that is not declared, or declares one wrongly',
      'Khai báo tiền tố (xmlns:…) ở phần tử bao ngoài nơi nó được dùng; báo nhà cung cấp phần mềm.',
      'Declare the prefix (xmlns:…) on an element around its use; tell the software vendor.',
    ),
  ],
  [
    'M.XML.Doctype',
    text(
      'Tệp có khai báo DOCTYPE, không được phép trong gói tin',
      'The file has a DOCTYPE declaration, which an envelope may not have',
      'Bỏ khai báo DOCTYPE và các thực thể rồi gửi lại.',
      'Remove the DOCTYPE declaration and its entities, and send again.',
    ),
  ],
  [
    'M.XML.ByteOrderMark',
    text(
      'Tệp bắt đầu bằng dấu thứ tự byte (BOM), đã bỏ qua khi đọc',
      'The file begins with a byte-order mark, which was skipped',
      'Cấu hình phần mềm ghi UTF-8 không có BOM.',
      'Set the software to write UTF-8 without a byte-order mark.',
    ),
  ],
  [
    'R.XML.Size',
    text(
      'Gói tin vượt dung lượng cho phép',
      'The envelope is larger than allowed',
      'Giảm dung lượng tệp đính kèm hoặc chia thành nhiều văn bản.',
      'Make the attachments smaller or send several documents.',
    ),
  ],
  ['R.XML.Depth', structureTooBig('quá sâu', 'is nested too deeply')],
  ['R.XML.Elements', structureTooBig('có quá nhiều phần tử', 'has too many elements')],
  [
    'R.XML.Attributes',
    structureTooBig('có phần tử mang quá nhiều thuộc tính', 'has an element with too many attributes'),
  ],
  ['R.XML.Text', structureTooBig('có giá trị quá dài', 'holds a value that is too long')],
  [
    'M.Dialect',
    text(
      'Tệp XML không phải là gói tin edXML',
      'The XML file is not an edXML envelope',
      'Gửi gói tin edXML theo QCVN 102:2016 (phần tử gốc edXML).',
      'Send an edXML envelope as QCVN 102:2016 has it (root element edXML).',
    ),
  ],
  [
    'M.Dialect.D2',
    text(
      'Gói tin theo mẫu e-doc (SOAP) cũ, trục chưa nhận mẫu này',
      'The envelope follows the old e-doc SOAP profile, which the hub does not take',
      'Xuất văn bản theo QCVN 102:2016 rồi gửi lại.',
      'Export the document as QCVN 102:2016 has it and send again.',
    ),
  ],
  [
    'M.Dialect.D3',
    text(
      'Gói tin theo mẫu EdXMLEnvelope phẳng, trục chưa nhận mẫu này',
      'The envelope follows the flat EdXMLEnvelope profile, which the hub does not take',
      'Xuất văn bản theo QCVN 102:2016 rồi gửi lại.',
      'Export the document as QCVN 102:2016 has it and send again.',
    ),
  ],
  [
    'M.Dialect.D4',
    text(
      'Đây là báo cáo phòng chống mã độc, không phải văn bản điện tử',
      'This is an antivirus report, not an official document',
      'Gửi báo cáo đến hệ thống tiếp nhận sự cố, không gửi qua trục văn bản.',
      'Send it to the incident-reporting service.',
    ),
  ],
  [
    'M.MessageType',
    text(
      'Loại gói tin khai báo khi gửi không khớp với nội dung',
      'The message type named by the transport contradicts the content',
      'Chọn đúng loại: edoc cho văn bản, status cho gói trạng thái.',
      'Name the right type: edoc for a document, status for a status message.',
    ),
  ],
]

function structureTooBig(vi: string, en: string): FindingText {
  return text(
    `Cấu trúc XML ${vi}`,
    `The XML structure ${en}`,
    'Xuất lại gói tin; nếu vẫn lỗi, báo nhà cung cấp phần mềm.',
    'Export the envelope again; if it still fails, tell the software vendor.',
  )
}
