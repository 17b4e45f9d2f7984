import type { VerificationCode } from '../verification-codes.ts'
import { certificateHelp } from './certificate-help.ts'
import { pdfHelp } from './pdf-help.ts'
import { type HelpText, help } from './topic.ts'

/** The verdict on one signature: this file has those about the signed XML itself. */
export const verificationHelp: Readonly<Record<VerificationCode, HelpText>> = {
  ...certificateHelp,
  ...pdfHelp,
  OK: help(
    [
      'Mọi quy tắc đều được áp dụng và đều đạt: nội dung nguyên vẹn, người ký rõ ràng, chứng thư dùng được.',
      'Every rule was applied and held: the content is whole, the signer is known, the certificate is good.',
    ],
    [
      'Xử lý văn bản như bình thường; giữ kết quả kiểm tra cùng hồ sơ nếu cần làm bằng chứng.',
      'Go on with the document; keep the verdict with the file where evidence may be needed.',
    ],
    [
      'Kết luận đúng tại thời điểm judgedAt; muốn chứng minh về sau, tải gói bằng chứng (evidence).',
      'The verdict holds for judgedAt; to prove it later, keep the evidence that comes with it.',
    ],
  ),
  FILE_UNREADABLE: help(
    [
      'Lệnh kiểm tra không mở được tệp: sai tên, sai thư mục, hoặc không có quyền đọc.',
      'The command could not open the file: wrong name, wrong folder, or no right to read it.',
    ],
    ['Kiểm tra tên và nơi lưu tệp, rồi chọn lại tệp.', 'Check the name and place of the file, and choose it again.'],
    [
      'Đường dẫn tương đối tính từ thư mục gọi lệnh (INIT_CWD khi chạy qua pnpm).',
      'Relative paths count from where the command was called (INIT_CWD under pnpm).',
    ],
  ),
  NOT_SIGNED: help(
    [
      'Trong tệp không có chữ ký số nào. Ảnh chữ ký hay con dấu trên trang không phải chữ ký số.',
      'The file holds no digital signature. A picture of a signature or stamp on the page is none.',
    ],
    [
      'Coi tệp là bản để biết, tham khảo. Cần bản chính thức thì yêu cầu bên gửi ký số rồi gửi lại.',
      'Take it as information only. Where an official copy is needed, ask the sender to sign it and send again.',
    ],
    [
      'Gói tin phải có khối Signature của XML-DSig ở cuối; PDF phải có ô chữ ký với ByteRange.',
      'A packet needs an XML-DSig Signature at its end; a PDF a signature field with a ByteRange.',
    ],
  ),
  XML_MALFORMED: help(
    [
      'Tệp bị cắt hoặc bị sửa đến mức không còn là XML đọc được.',
      'The file was cut or changed so far that it is no readable XML.',
    ],
    [
      'Tải lại tệp từ nguồn, hoặc yêu cầu bên gửi gửi lại.',
      'Fetch the file again, or ask the sender to send it again.',
    ],
    [
      'Đọc và ghi nhị phân, không chuyển bảng mã, không thêm BOM hay xuống dòng.',
      'Read and write binary; change no encoding, add no byte-order mark or line ends.',
    ],
  ),
  XML_DOCTYPE_FORBIDDEN: help(
    [
      'Tệp khai báo DOCTYPE. Khai báo này có thể làm nội dung hiện ra khác với nội dung đã ký, nên bị cấm.',
      'The file has a DOCTYPE, which could make it show other content than was signed, and is forbidden.',
    ],
    ['Yêu cầu bên gửi kết xuất lại gói tin.', 'Ask the sender to export the packet again.'],
    [
      'Tắt việc ghi DOCTYPE và thực thể trong thư viện XML trước khi ký.',
      'Have the XML library write no DOCTYPE and no entities before signing.',
    ],
  ),
  XML_LIMIT_EXCEEDED: help(
    [
      'Tệp lồng quá sâu, có quá nhiều phần tử hoặc một giá trị quá dài: dấu hiệu của tệp hỏng hoặc cố ý làm nghẽn.',
      'The file is nested too deeply, has too many elements or too long a value: damaged, or made to choke readers.',
    ],
    ['Đừng mở tệp bằng công cụ khác; hỏi lại bên gửi.', 'Do not open it with other tools; ask the sender about it.'],
    [
      'Để tệp lớn ở phần đính kèm, không đặt trong trường văn bản; details nêu giới hạn đã vượt.',
      'Keep large data in attachments, not in fields; the detail names the limit.',
    ],
  ),
  SIGNATURE_STRUCTURE: help(
    [
      'Khối Signature thiếu phần, đặt sai chỗ, hoặc có hơn một khối nên không rõ khối nào tính.',
      'The Signature lacks parts, is misplaced, or there is more than one, so that it is not clear which counts.',
    ],
    ['Yêu cầu bên gửi ký lại từ tệp chưa ký.', 'Ask the sender to sign again, from the unsigned file.'],
    [
      'Đặt đúng một Signature làm phần tử con cuối của gốc; không chèn lại chữ ký cũ vào tệp mới.',
      'Put exactly one Signature as the last child of the root; never paste an old signature into a new file.',
    ],
  ),
  ID_NOT_UNIQUE: help(
    [
      'Hai phần tử cùng mang một Id, nên có thể trỏ chữ ký tới phần khác với phần người đọc thấy.',
      'Two elements have one Id, so that the signature could point to another part than the reader sees.',
    ],
    ['Không dùng tệp này; yêu cầu gửi lại.', 'Do not use this file; ask for it again.'],
    ['Sinh Id không trùng cho mọi phần tử rồi ký lại.', 'Give every element an Id of its own, and sign again.'],
  ),
  REFERENCE_FORBIDDEN: help(
    [
      'Chữ ký trỏ ra ngoài gói tin hoặc tới một Manifest mà người đọc không thấy.',
      'The signature refers outside of the packet, or to a Manifest that readers do not see.',
    ],
    ['Không dùng tệp này; yêu cầu bên gửi ký lại.', 'Do not use this file; ask the sender to sign again.'],
    ['Dùng đúng một Reference với URI="".', 'Use one Reference, with URI="".'],
  ),
  REFERENCE_COVERAGE: help(
    [
      'Chữ ký chỉ bao một phần gói tin; phần còn lại ai cũng có thể đã sửa.',
      'The signature covers a part of the packet; anybody may have changed the rest.',
    ],
    [
      'Đừng tin phần không được ký; yêu cầu gửi lại gói ký toàn bộ.',
      'Do not rely on what is not signed; ask for a packet that is signed whole.',
    ],
    ['Ký với URI="" và transform enveloped-signature.', 'Sign with URI="" and the enveloped-signature transform.'],
  ),
  TRANSFORM_FORBIDDEN: help(
    [
      'Chữ ký dùng phép biến đổi (như XPath, XSLT) có thể bỏ bớt nội dung trước khi băm.',
      'The signature uses a transform (XPath, XSLT) that can leave content out before it is hashed.',
    ],
    ['Yêu cầu bên gửi ký lại bằng công cụ khác.', 'Ask the sender to sign with another tool.'],
    [
      'Chỉ dùng enveloped-signature rồi exclusive C14N (không chú thích).',
      'Use enveloped-signature and exclusive C14N (without comments) alone.',
    ],
  ),
  ALGORITHM_NOT_ALLOWED: help(
    [
      'Thuật toán ký hoặc băm đã yếu (SHA-1, MD5), là HMAC, hoặc nằm ngoài danh sách được phép.',
      'The signing or hash algorithm is weak (SHA-1, MD5), is HMAC, or is not on the list.',
    ],
    ['Yêu cầu bên gửi nâng cấp công cụ ký rồi ký lại.', 'Ask the sender to renew the signing tool and sign again.'],
    ['Dùng rsa-sha256 (2048 bit trở lên) hoặc ecdsa-sha256.', 'Use rsa-sha256 (2048 bits or more) or ecdsa-sha256.'],
  ),
  KEY_TOO_WEAK: help(
    [
      'Khóa RSA dưới 2048 bit hoặc đường cong dưới P-256 có thể bị giả mạo.',
      'RSA under 2048 bits or a curve under P-256 can be forged.',
    ],
    ['Xin nơi cấp chứng thư cấp mới với khóa mạnh hơn.', 'Have the authority issue a certificate with a stronger key.'],
    ['Sinh khóa RSA 3072 hoặc P-256 trong thiết bị ký.', 'Make RSA 3072 or P-256 in the signing device.'],
  ),
  KEY_FORM_FORBIDDEN: help(
    [
      'Khóa là DSA, đường cong không tên hoặc tham số lạ, không kiểm chứng được an toàn.',
      'The key is DSA, an unnamed curve, or has odd parameters, and cannot be judged safely.',
    ],
    ['Xin cấp chứng thư mới.', 'Have a new certificate issued.'],
    [
      'Chọn RSA hoặc đường cong có tên (P-256, P-384) khi tạo yêu cầu chứng thư.',
      'Choose RSA or a named curve (P-256, P-384) in the certificate request.',
    ],
  ),
  DIGEST_MISMATCH: help(
    [
      'Nội dung không còn đúng như lúc ký: đã bị sửa, được xuất lại, hoặc bị thiết bị trên đường đi thay đổi.',
      'The content is not what was signed: it was changed, exported again, or altered on its way.',
    ],
    [
      'Không dùng bản này. Yêu cầu bên gửi gửi lại đúng tệp đã ký.',
      'Do not use this copy. Ask the sender for the very file that was signed.',
    ],
    [
      'Ký ở bước cuối cùng; sau đó không định dạng lại, không đổi bảng mã, không xuống dòng lại base64.',
      'Sign last; afterwards do not reformat, re-encode, or re-wrap base64.',
    ],
  ),
  SIGNATURE_MISMATCH: help(
    [
      'Giá trị chữ ký không tạo bởi khóa của chứng thư đi kèm, hoặc khối thông tin được ký đã bị sửa.',
      'The value was not made by the key of the certificate that came along, or what it signs was changed.',
    ],
    [
      'Không tin tệp này; yêu cầu bên gửi ký lại và gửi lại.',
      'Do not rely on it; ask the sender to sign and send again.',
    ],
    [
      'Kiểm tra đúng cặp khóa và chứng thư; ECDSA trong XML là r‖s, không phải DER.',
      'See that key and certificate belong together; ECDSA in XML is r‖s, not DER.',
    ],
  ),
  SIGNER_CERTIFICATE_MISSING: help(
    [
      'Chữ ký không kèm chứng thư, nên không biết ai ký.',
      'No certificate comes with the signature, so it is not known who signed.',
    ],
    ['Yêu cầu bên gửi ký lại có kèm chứng thư.', 'Ask the sender to sign again with the certificate in it.'],
    ['Ghi chứng thư người ký vào KeyInfo/X509Data.', 'Put the signer’s certificate into KeyInfo/X509Data.'],
  ),
  SIGNER_AMBIGUOUS: help(
    [
      'Có nhiều chứng thư và không rõ chứng thư nào là của người ký.',
      'There are several certificates, and it is not clear which is the signer’s.',
    ],
    ['Yêu cầu bên gửi ký lại.', 'Ask the sender to sign again.'],
    [
      'Đặt chứng thư người ký đầu tiên trong X509Data, sau đó mới đến nơi cấp.',
      'Put the signer’s certificate first in X509Data, then its issuers.',
    ],
  ),
  SIGNER_NOT_SENDER: help(
    [
      'Chữ ký đúng nhưng của cơ quan khác: chứng thư chưa được gắn với cơ quan gửi và không có ủy quyền ký thay còn hạn.',
      'The signature is good but of another agency: the certificate is not bound to the sender, and no mandate in force covers it.',
    ],
    [
      'Ký bằng chứng thư của chính cơ quan, hoặc đề nghị quản trị trục ghi nhận chứng thư mới hay ủy quyền.',
      'Sign with the agency’s own certificate, or have the operator record the new certificate or the mandate.',
    ],
    [
      'So SHA-256 của chứng thư với danh sách ở GET /api/v1/agencies/{code}; sau khi gia hạn phải gắn lại.',
      'Compare the certificate with what the directory has for the agency; after renewal it must be bound again.',
    ],
  ),
}
