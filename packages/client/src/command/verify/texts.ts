import type { Bilingual, VerdictWord } from '@docaxis/errors'
import { type DocumentVerdict, ruleNames } from '@docaxis/signature'
import type { Words } from '../words.ts'

const both = (vi: string, en: string): Bilingual => ({ vi, en })

export const reportTexts = {
  file: both('tệp', 'file'),
  rules: both('kiểm tra theo', 'checked by'),
  edxml: both('gói tin edXML, hồ sơ chặt', 'edXML packet, strict profile'),
  generic: both('XML có chữ ký', 'signed XML'),
  judgedAt: both('thời điểm xét', 'judged at'),
  signature: both('Chữ ký', 'Signature'),
  signer: both('người ký', 'signer'),
  subject: both('chủ thể chứng thư', 'subject'),
  issuer: both('đơn vị cấp', 'issuer'),
  validity: both('thời hạn chứng thư', 'certificate in force'),
  algorithm: both('thuật toán', 'algorithm'),
  covers: both('bảo vệ', 'covers'),
  wholeFile: both('toàn bộ tệp', 'the whole file'),
  ownObject: both('nội dung nằm trong chữ ký', 'content inside the signature'),
  element: both('phần tử', 'element'),
  faults: both('Lỗi của gói tin edXML', 'Faults of the edXML packet'),
  checked: both('Đã kiểm tra', 'Checked'),
  notChecked: both('Chưa kiểm tra', 'Not checked'),
  passed: both('[đạt]', '[ok]'),
  failed: both('[LỖI]', '[FAULT]'),
} as const satisfies Record<string, Bilingual>

export const notCheckedTexts: Readonly<Record<DocumentVerdict['notChecked'][number], Bilingual>> = {
  signer: both(
    'chứng thư số do chính tệp mang theo: ai cũng có thể tự tạo một chứng thư mang tên bất kỳ (--cert, --anchor)',
    'the certificate comes with the file itself: anybody can make one in any name (--cert, --anchor)',
  ),
  path: both(
    'đơn vị cấp chứng thư số có đáng tin hay không (--anchor)',
    'whether the issuer of the certificate can be trusted (--anchor)',
  ),
  revocation: both(
    'chứng thư số có bị thu hồi hay không (--anchor, --crl)',
    'whether the certificate is revoked (--anchor, --crl)',
  ),
  agency: both(
    'người ký có thẩm quyền ký cho cơ quan ghi trong tệp hay không',
    'whether the signer may sign for the agency that the file names',
  ),
  'signing-time': both('thời điểm ký thực tế (không có dấu thời gian)', 'when it was really signed (no time stamp)'),
}

/** A signature that only computes is not called valid (V62). */
export function verdictWordIn(words: Words, verdict: VerdictWord, scope: DocumentVerdict['scope']): string {
  if (verdict === 'VALID' && scope === 'integrity') {
    return words.pick(both('khớp với khóa (chưa xét người ký)', 'computes (the signer was not judged)'))
  }
  return words.verdict(verdict)
}

export function ruleNameIn(words: Words, rule: string): string {
  const name = ruleNames[rule]
  return name ? words.pick(name) : rule
}
