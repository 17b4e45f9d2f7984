import type { Bilingual } from '../finding.ts'
import { finding } from '../finding-texts.ts'
import { attachmentTexts } from '../texts/attachment-texts.ts'
import { flowTexts } from '../texts/flow-texts.ts'
import { headerTexts } from '../texts/header-texts.ts'
import { type FindingText, text } from '../texts/text.ts'
import { xmlTexts } from '../texts/xml-texts.ts'
import type { HelpTopic } from './topic.ts'

/** Answers name the limit and what was sent; here it is said without them. */
const withoutLimit: Readonly<Record<string, FindingText>> = {
  'R.MessageHeader.To.Size': text(
    'Gói tin lớn hơn dung lượng mà cơ quan nhận nhận được',
    'The packet is larger than the receiver takes',
    'Giảm dung lượng tệp, chia thành nhiều văn bản, hoặc gửi riêng cho các cơ quan nhận khác.',
    'Make the files smaller, send several documents, or send to the other receivers apart.',
  ),
  'R.MessageHeader.To.KitSize': text(
    'Bộ kit VXP của cơ quan nhận không tự tải được gói tin lớn như vậy',
    'The VXP kit of the receiver cannot take a packet of this size by getEdoc',
    'Vẫn gửi được; báo cơ quan nhận tải bằng downloadEdoc hoặc từ trang quản trị của Trục.',
    'It may be sent; tell the receiver to use downloadEdoc, or the console.',
  ),
  'M.MessageHeader.To.FileType': text(
    'Cơ quan nhận không nhận loại tệp đính kèm này',
    'The receiver does not take files of this type',
    'Đổi tệp sang loại mà cơ quan nhận nhận (thông báo lỗi liệt kê), thường là PDF.',
    'Send the file as a type that the receiver takes (the message lists them), mostly PDF.',
  ),
}

/** Codes whose sentence is of their own. All others are `<letter>.<path of the element>`, and are explained by it. */
export const ownFindingCodes: readonly string[] = [
  ...new Set([
    ...[...attachmentTexts, ...flowTexts, ...headerTexts, ...xmlTexts].map(([code]) => code),
    ...Object.keys(withoutLimit),
  ]),
].sort()

/** Faults and warnings of an envelope: their sentences and hints are those that answers carry. */
export function findingTopic(code: string): HelpTopic {
  const { vi, en, hint } = withoutLimit[code] ?? finding(code, { path: '' })
  return {
    code,
    kind: 'finding',
    title: { vi: vi.replace(/\.$/, ''), en: en.replace(/\.$/, '') },
    why: whyOf(code),
    clerk: hint,
    vendor: placeOf(code),
  }
}

const letters: Readonly<Record<string, Bilingual>> = {
  N: { vi: 'Một phần bắt buộc của gói tin không có.', en: 'A part that the envelope must have is not there.' },
  R: {
    vi: 'Một giá trị nằm ngoài giới hạn, hoặc không có trong danh mục mà trục biết.',
    en: 'A value lies outside of its limits, or in no list that the hub knows.',
  },
  T: {
    vi: 'Một giá trị không đúng kiểu hoặc định dạng mà quy chuẩn edXML quy định.',
    en: 'A value has not the type or format that the edXML standard asks for.',
  },
  M: {
    vi: 'Hai phần của gói tin, hoặc gói tin và sổ của trục, không khớp nhau.',
    en: 'Two parts of the envelope, or the envelope and the book of the hub, do not agree.',
  },
}

const byRule: Bilingual = {
  vi: 'Trục áp dụng một quy tắc riêng của mình, không phải của cấu trúc tệp.',
  en: 'The hub applies a rule of its own, not one of the structure of the file.',
}

function whyOf(code: string): Bilingual {
  return (code.charAt(1) === '.' && letters[code.charAt(0)]) || byRule
}

function placeOf(code: string): Bilingual {
  const path = code.charAt(1) === '.' ? code.slice(2).replaceAll('.', '/') : code
  return {
    vi: `Xem phần tử ${path} của gói tin; errors[].path chỉ đúng chỗ, errors[].details nêu giá trị và giới hạn. Kiểm trước bằng POST /api/v1/documents/validate. Là cảnh báo (warnings) thì văn bản vẫn được nhận.`,
    en: `See ${path} of the envelope; errors[].path names the place, errors[].details the value and the limit. POST /api/v1/documents/validate checks without sending. As a warning, the document was accepted all the same.`,
  }
}
