import type { Bilingual } from '../finding.ts'
import { both, type HelpText, help } from './topic.ts'

/** ErrorCodes of the VXP protocol: what a kit shows its user. `ErrorDesc` says the rest. */
export const vxpHelp: Readonly<Record<string, HelpText & { readonly title: Bilingual }>> = {
  '10': {
    title: both(['Tệp gửi lên không hợp lệ', 'The file is not valid']),
    ...help(
      [
        'Không có tệp edXML trong lời gọi, tệp không đọc được, quá lớn, hoặc hash-file không khớp.',
        'There is no edXML file in the call, it cannot be read, is too large, or hash-file does not fit.',
      ],
      ['Kết xuất lại văn bản và gửi lại.', 'Export the document again and send it.'],
      [
        'Tính hash-file (SHA-256) trên đúng byte gửi đi; gửi tệp làm thân octet-stream hoặc phần file_doc.',
        'Compute hash-file (SHA-256) over the very bytes sent; send the file as the body or as part file_doc.',
      ],
    ),
  },
  '15': {
    title: both(['Sai mã hệ thống, khóa bí mật hoặc chữ ký lời gọi', 'Wrong system id, secret or signed call']),
    ...help(
      [
        'hash-header không khớp, thiếu header, timestamp lệch giờ, hoặc hệ thống bị khóa. ErrorDesc nói rõ lý do nào.',
        'hash-header does not fit, a header is missing, timestamp is off, or the system is locked. ErrorDesc says which.',
      ],
      [
        'Báo người quản trị phần mềm; văn bản chưa gửi được.',
        'Tell the administrator of your software; the document was not sent.',
      ],
      [
        'Kiểm tra systemid và secret đã cấp, giờ máy chủ theo Việt Nam (NTP), và mọi tham số có trong sign-header.',
        'Check systemid and secret, the server’s clock in Vietnam time (NTP), and that every parameter is in sign-header.',
      ],
    ),
  },
  '18': {
    title: both(['Đơn vị nhận không tồn tại', 'The receiver does not exist']),
    ...help(
      [
        'Mã định danh nơi nhận không có trong danh mục hoặc đơn vị chưa kết nối trục; ErrorDesc liệt kê các mã.',
        'A receiver’s code is not in the directory, or the agency is not connected; ErrorDesc lists the codes.',
      ],
      [
        'Chọn lại nơi nhận trong danh bạ; với đơn vị chưa kết nối, gửi bằng đường khác.',
        'Choose the receiver again in the address book; send to unconnected agencies by another way.',
      ],
      [
        'Đồng bộ danh mục hằng ngày bằng getAgenciesList; đừng giữ mã cứng.',
        'Synchronise the directory daily by getAgenciesList; keep no codes by hand.',
      ],
    ),
  },
  '19': {
    title: both(['Đơn vị gửi chưa đăng ký cho hệ thống', 'The sender is not registered for the system']),
    ...help(
      [
        'Tham số from hoặc phần From của tệp là cơ quan mà hệ thống này không được gửi thay.',
        'The parameter from, or From in the file, is an agency that this system does not send for.',
      ],
      [
        'Kiểm tra mã cơ quan của mình trong phần mềm, nhất là sau sáp nhập.',
        'Check your agency’s code in the software, above all after a merger.',
      ],
      ['Đề nghị quản trị trục gắn đơn vị với hệ thống.', 'Have the operator bind the agency to the system.'],
    ),
  },
  '20': {
    title: both(['Lỗi hệ thống', 'System error']),
    ...help(
      [
        'Mã này có trong giao thức VXP; trục này không trả nó: khi trục gặp sự cố, nó trả HTTP 5xx để bộ kit gửi lại.',
        'The VXP protocol has this code, this hub does not answer it: in trouble it answers HTTP 5xx, which kits repeat.',
      ],
      [
        'Nếu phần mềm vẫn hiện mã 20, gửi lại sau ít phút và báo nhà cung cấp.',
        'If your software shows 20 all the same, send again in a few minutes and tell the vendor.',
      ],
      [
        'Kiểm tra máy trung gian nào sinh ra mã 20, và gửi lại khi gặp 5xx.',
        'See which part on the way makes 20, and repeat on 5xx.',
      ],
    ),
  },
  '21': {
    title: both(['Lỗi xử lý tệp đính kèm', 'A file could not be processed']),
    ...help(
      [
        'Tệp đính kèm hỏng, không khớp danh sách kê khai, có mã độc, chữ ký bên trong sai, hoặc quá lớn cho getEdoc.',
        'An attachment is damaged, does not fit its listing, holds malware or a bad signature, or is too large for getEdoc.',
      ],
      [
        'Đính kèm lại tệp gốc rồi gửi lại; tệp lớn thì tải từ trang quản trị của trục.',
        'Attach the original again and send; fetch large files from the console of the hub.',
      ],
      [
        'Kiểm base64, ContentId và AttachmentName; tải tệp lớn bằng downloadEdoc.',
        'Check base64, ContentId and AttachmentName; take large files by downloadEdoc.',
      ],
    ),
  },
  '22': {
    title: both(['Nội dung không đúng định dạng yêu cầu', 'Not in the required format']),
    ...help(
      [
        'Một trường của văn bản hoặc tham số của lệnh sai; [mã] trong ErrorDesc chỉ đúng phần tử. Văn bản khác nội dung dưới mã cũ cũng nhận mã này.',
        'A field of the document or a parameter is wrong; [code] in ErrorDesc names the element. Other content under a known id is answered so too.',
      ],
      ['Sửa trường được nêu trong phần mềm rồi gửi lại.', 'Correct the field that is named, and send again.'],
      [
        'Tra mã trong ngoặc vuông tại trang này; kiểm thử bằng docaxis conformance.',
        'Look the code in brackets up here; test with docaxis conformance.',
      ],
    ),
  },
  '23': {
    title: both(['Đơn vị nhận đã đóng hoặc bị khóa', 'The receiver is closed or locked']),
    ...help(
      [
        'Cơ quan nhận đã sáp nhập, giải thể hoặc tạm ngừng nhận; ErrorDesc liệt kê các mã và cơ quan kế thừa.',
        'The receiver was merged, dissolved or takes nothing now; ErrorDesc lists codes and successors.',
      ],
      ['Gửi đến cơ quan kế thừa, và cập nhật danh bạ.', 'Send to the successor, and renew the address book.'],
      ['Đồng bộ danh mục; theo trường successor.', 'Synchronise the directory; follow its successor field.'],
    ),
  },
}
