import type { ProblemCode } from '../problem-codes.ts'
import { type HelpText, help } from './topic.ts'

/** Large files and uploads in parts (tus 1.0.0). */
export const uploadHelp = {
  ENVELOPE_TOO_LARGE: help(
    [
      'Gói tin lớn hơn giới hạn của trục hoặc giới hạn riêng của hệ thống; details nêu cả hai số.',
      'The packet is larger than the hub or the system may have; details has both numbers.',
    ],
    [
      'Giảm dung lượng bản quét (300 dpi đen trắng là đủ) hoặc chia thành nhiều văn bản.',
      'Make the scans smaller (300 dpi black and white will do), or send several documents.',
    ],
    [
      'Hỏi giới hạn trước bằng GET /api/v1/agencies/{code}; base64 làm tệp lớn thêm một phần ba.',
      'Ask for the limit first with GET /api/v1/agencies/{code}; base64 makes files a third larger.',
    ],
  ),
  UPLOAD_OFFSET: help(
    [
      'Phần vừa gửi không bắt đầu ở chỗ trục đã nhận đến, thường sau khi đứt kết nối.',
      'The part does not begin where the hub left off, mostly after a broken connection.',
    ],
    [
      'Phần mềm sẽ tự tải tiếp; nếu dừng hẳn, bấm gửi lại.',
      'The software goes on by itself; if it has stopped, send again.',
    ],
    [
      'Gọi HEAD vào địa chỉ tải lên, đọc Upload-Offset, gửi tiếp từ byte đó.',
      'Ask the upload by HEAD, read Upload-Offset, and go on from that byte.',
    ],
  ),
  UPLOAD_VERSION: help(
    [
      'Thiếu header Tus-Resumable hoặc nêu phiên bản khác 1.0.0.',
      'The header Tus-Resumable is missing, or names another version than 1.0.0.',
    ],
    ['Đây là lỗi của phần mềm tải lên; báo nhà cung cấp.', 'The uploading software is at fault; tell the vendor.'],
    [
      'Gửi Tus-Resumable: 1.0.0 trong mọi yêu cầu tải lên.',
      'Send Tus-Resumable: 1.0.0 with every request of an upload.',
    ],
  ),
  UPLOAD_IN_USE: help(
    [
      'Một kết nối khác đang ghi vào lượt tải lên này, hoặc máy chủ giữ nó vừa dừng.',
      'Another connection writes to this upload, or the server that held it has just stopped.',
    ],
    ['Chờ trong giây lát, đừng bấm gửi nhiều lần cùng lúc.', 'Wait a moment; do not press send several times at once.'],
    [
      'Chờ theo Retry-After, gọi HEAD lấy Upload-Offset rồi gửi tiếp; mỗi lượt tải lên chỉ dùng một kết nối.',
      'Wait as Retry-After says, ask Upload-Offset by HEAD, go on; one connection for each upload.',
    ],
  ),
  UPLOAD_QUOTA: help(
    [
      'Hệ thống có quá nhiều lượt tải lên dở dang, hoặc tổng dung lượng dở dang quá lớn.',
      'The system has too many uploads under way, or too many bytes of them.',
    ],
    ['Chờ các tệp đang tải xong rồi gửi tiếp.', 'Wait until the files under way are through, then send on.'],
    [
      'Hoàn tất hoặc xóa (DELETE) các lượt dở; lượt bỏ quên sẽ tự hết hạn. Quản trị có thể nâng hạn mức.',
      'Finish or DELETE what is under way; what is forgotten expires. The operator can raise the quota.',
    ],
  ),
  UPLOAD_CHECKSUM: help(
    [
      'Phần vừa nhận không khớp Upload-Checksum: dữ liệu hỏng trên đường truyền. Trục không tính phần này.',
      'The part does not have its Upload-Checksum: it was damaged on its way. None of it counts.',
    ],
    [
      'Gửi lại; nếu lặp lại nhiều lần, báo bộ phận mạng kiểm tra đường truyền.',
      'Send again; if it happens often, have the network looked at.',
    ],
    [
      'Gửi lại đúng phần đó từ cùng Upload-Offset; kiểm tra proxy có sửa nội dung không.',
      'Send the same part again from the same Upload-Offset; see whether a proxy changes bodies.',
    ],
  ),
} as const satisfies Partial<Record<ProblemCode, HelpText>>
