import type { Bilingual } from '../finding.ts'
import { fieldName } from './fields.ts'
import { type FindingText, text } from './text.ts'

type Details = Readonly<Record<string, string | number>>
type Template = (field: Bilingual, details: Details) => FindingText

/** One sentence per letter of the error vocabulary (edXML 11); the field's name makes it particular. */
const templates: Readonly<Record<'N' | 'R' | 'T' | 'M', Template>> = {
  N: field =>
    text(
      `Thiếu ${field.vi}`,
      `${capital(field.en)} is missing`,
      `Điền ${field.vi} trong phần mềm quản lý văn bản rồi gửi lại.`,
      `Fill in ${field.en} in the e-office system and send again.`,
    ),
  R: (field, details) =>
    text(
      `${capital(field.vi)} vượt giới hạn cho phép${limit(details, 'tối đa')}`,
      `${capital(field.en)} is out of range${limit(details, 'at most')}`,
      `Rút ngắn hoặc sửa ${field.vi} cho đúng giới hạn rồi gửi lại.`,
      `Shorten or correct ${field.en} and send again.`,
    ),
  T: field =>
    text(
      `${capital(field.vi)} không đúng kiểu hoặc không đúng định dạng`,
      `${capital(field.en)} has the wrong type or format`,
      `Ghi lại ${field.vi} theo định dạng của QCVN 102:2016 rồi gửi lại.`,
      `Write ${field.en} in the format of QCVN 102:2016 and send again.`,
    ),
  M: field =>
    text(
      `${capital(field.vi)} không khớp, bị lặp hoặc không được phép ở vị trí này`,
      `${capital(field.en)} does not agree, is repeated, or is not allowed here`,
      `Kiểm tra lại ${field.vi} và cấu trúc gói tin rồi gửi lại.`,
      `Check ${field.en} and the structure of the envelope, and send again.`,
    ),
}

/** The sentence for `<letter>.<dotted path>`; undefined for a code of another form. */
export function letterText(code: string, details: Details): FindingText | undefined {
  const letter = code.slice(0, 1)
  if (code.charAt(1) !== '.' || !isLetter(letter)) return undefined
  return templates[letter](fieldName(code.slice(2)), details)
}

/** The sentence for a single-valued element that stands more than once, whatever else its code may mean. */
export function repeatedText(code: string): FindingText {
  const field = fieldName(code.slice(2))
  return text(
    `${capital(field.vi)} được ghi nhiều lần, mỗi gói tin chỉ được ghi một lần`,
    `${capital(field.en)} stands more than once where one is allowed`,
    `Chỉ giữ lại một phần tử ${field.vi} rồi gửi lại.`,
    `Keep ${field.en} once and send again.`,
  )
}

function isLetter(letter: string): letter is keyof typeof templates {
  return Object.hasOwn(templates, letter)
}

function limit(details: Details, word: string): string {
  return details.max === undefined ? '' : ` (${word} ${details.max})`
}

function capital(sentence: string): string {
  return sentence.charAt(0).toLocaleUpperCase('vi') + sentence.slice(1)
}
