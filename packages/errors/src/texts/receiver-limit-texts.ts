import { type FindingText, text } from './text.ts'

type Details = Readonly<Record<string, string | number>>

/** What a receiver does not take, with the limit and what was to be sent; undefined for every other code. */
export function receiverLimitText(code: string, details: Details): FindingText | undefined {
  switch (code) {
    case 'R.MessageHeader.To.Size':
      return text(
        `Cơ quan nhận chỉ nhận gói tin đến ${sizeOf(details.maxBytes)}; gói tin này là ${sizeOf(details.sizeBytes)}`,
        `The receiver takes packets up to ${sizeOf(details.maxBytes)}; this one has ${sizeOf(details.sizeBytes)}`,
        'Giảm dung lượng tệp, chia thành nhiều văn bản, hoặc gửi riêng cho các cơ quan nhận khác.',
        'Make the files smaller, send several documents, or send to the other receivers apart.',
      )
    case 'R.MessageHeader.To.KitSize':
      return text(
        `Phần mềm của cơ quan nhận dùng bộ kit VXP, không tự tải được gói tin trên ${sizeOf(details.maxBytes)}; gói tin này là ${sizeOf(details.sizeBytes)}`,
        `The receiver uses a VXP kit, which cannot take more than ${sizeOf(details.maxBytes)} by getEdoc; this packet has ${sizeOf(details.sizeBytes)}`,
        'Vẫn gửi được; báo cơ quan nhận tải bằng downloadEdoc hoặc từ trang quản trị của Trục.',
        'It may be sent; tell the receiver to use downloadEdoc, or the console.',
      )
    case 'M.MessageHeader.To.FileType':
      return text(
        `Cơ quan nhận không nhận loại tệp "${details.found}" (tệp đính kèm thứ ${details.attachment})`,
        `The receiver does not take files of type "${details.found}" (attachment ${details.attachment})`,
        `Đổi sang loại tệp được nhận: ${details.fileTypes || 'không có loại nào, chỉ gửi văn bản không kèm tệp'}.`,
        `Send it as a type that is taken: ${details.fileTypes || 'none, only documents without files'}.`,
      )
    default:
      return undefined
  }
}

const mebibyte = 1024 * 1024

function sizeOf(bytes: string | number = 0): string {
  const size = Number(bytes)
  if (size < mebibyte) return `${size} byte`
  return `${Math.round((size / mebibyte) * 100) / 100} MiB`
}
