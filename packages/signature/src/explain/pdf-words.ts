import type { Bilingual } from '@docaxis/errors'
import type { ChangeKind } from '../pdf/changes/types.ts'
import type { PdfDocumentRole, PdfNotChecked, PdfSignatureRole, PdfSignatureVerdict } from '../pdf/verdict.ts'

const both = (vi: string, en: string): Bilingual => ({ vi, en })

/** What a later revision changed, for people. */
export const changeNames: Readonly<Record<ChangeKind, Bilingual>> = {
  dss: both('dữ liệu xác thực (DSS)', 'validation data (DSS)'),
  'document-timestamp': both('dấu thời gian cho văn bản', 'time stamp over the document'),
  signature: both('thêm chữ ký số', 'signature added'),
  'signature-field': both('thêm ô chữ ký', 'signature field added'),
  'form-filling': both('điền biểu mẫu', 'form filled in'),
  'number-and-date': both('ghi số, ngày tháng', 'number and date added'),
  metadata: both('thông tin mô tả tệp', 'metadata of the file'),
  extensions: both('khai báo phiên bản PDF', 'declared version of PDF'),
  annotation: both('thêm hoặc sửa chú thích trên trang', 'annotation on a page added or changed'),
  overlay: both('hình che lên nội dung trang', 'image laid over a page'),
  'page-content': both('nội dung trang', 'content of a page'),
  'page-resources': both('phông chữ, hình ảnh của trang', 'fonts or images of a page'),
  'page-tree': both('thêm, bớt hoặc đổi chỗ trang', 'pages added, removed or moved'),
  catalog: both('cấu trúc văn bản', 'structure of the document'),
  'optional-content': both('lớp hiển thị (ẩn, hiện nội dung)', 'layers that show or hide content'),
  'active-content': both('nội dung thực thi', 'active content'),
  'form-structure': both('cấu trúc biểu mẫu', 'structure of the form'),
  'locked-field': both('ô đã bị chữ ký khóa', 'field that a signature locks'),
  'signature-changed': both('chữ ký đã có', 'a signature that was there'),
  'hidden-object': both('đưa ra nội dung ẩn có sẵn trong tệp', 'content brought out that lay hidden in the file'),
  trailer: both('phần cuối tệp', 'trailer of the file'),
}

export const signatureRoleNames: Readonly<Record<PdfSignatureRole, Bilingual>> = {
  official: both('chữ ký của người có thẩm quyền', 'signature of an official'),
  seal: both('chữ ký số (con dấu) của cơ quan', 'seal of the agency'),
  'digitised-copy': both('số hóa văn bản giấy (sao y)', 'digitised copy of a paper document'),
  'certified-copy': both('bản sao y, trích sao, sao lục', 'certified copy or extract'),
  appendix: both('văn bản kèm theo, ký riêng', 'appendix signed apart'),
  'incoming-mark': both('dấu đến của cơ quan nhận', 'incoming mark of a receiver'),
  'time-stamp': both('dấu thời gian', 'time stamp'),
  signer: both('chữ ký, chưa rõ của cá nhân hay cơ quan', 'signature, of a person or an agency'),
}

export const documentRoleNames: Readonly<Record<PdfDocumentRole, Bilingual>> = {
  issued: both('văn bản đã ký và đóng dấu phát hành', 'document signed and issued under the seal'),
  sealed: both('văn bản có con dấu cơ quan, không có chữ ký cá nhân', 'document under the seal alone'),
  'signed-by-official': both('văn bản đã ký, chưa đóng dấu cơ quan', 'document signed, without a seal'),
  'digitised-copy': both('bản số hóa từ văn bản giấy (sao y)', 'digitised copy of a paper document'),
  'certified-copy': both('bản sao y, trích sao, sao lục', 'certified copy or extract'),
  appendix: both('văn bản kèm theo, ký riêng', 'appendix signed apart'),
  received: both('văn bản đã có dấu đến của cơ quan nhận', 'document with the mark of its receiver'),
  signed: both('văn bản có chữ ký số', 'signed document'),
}

export const timeSourceNames: Readonly<Record<PdfSignatureVerdict['timeSource'], Bilingual>> = {
  'signature-time-stamp': both('dấu thời gian của chữ ký', 'time stamp of the signature'),
  'document-time-stamp': both('dấu thời gian của văn bản', 'time stamp of the document'),
  now: both('lúc kiểm tra', 'time of the check'),
}

export const pdfNotCheckedNames: Readonly<Record<PdfNotChecked, Bilingual>> = {
  signer: both(
    'ai đã ký: chứng thư số do chính tệp mang theo, ai cũng có thể tự tạo (--anchor)',
    'who signed: the certificate comes with the file, and anybody can make one (--anchor)',
  ),
  path: both('đơn vị cấp chứng thư số có đáng tin hay không', 'whether the issuer of the certificate can be trusted'),
  revocation: both('chứng thư số có bị thu hồi hay không', 'whether the certificate is revoked'),
  'time-stamp': both(
    'nơi cấp dấu thời gian có đáng tin hay không',
    'whether the time-stamping authority can be trusted',
  ),
  'signing-time': both('thời điểm ký thực tế (không có dấu thời gian)', 'when it was really signed (no time stamp)'),
  agency: both('người ký có thẩm quyền ký văn bản này hay không', 'whether the signer may sign this document'),
  content: both('nội dung văn bản đúng hay sai', 'whether what the document says is right'),
}
