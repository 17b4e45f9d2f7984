import type { Bilingual } from '@docaxis/errors'
import type { AgencyField } from './fields.ts'

/** The values that disagree: `value` stands in the file, `other` is what it meets, `otherLine` where. */
export interface FaultDetails {
  readonly value?: string
  readonly other?: string
  readonly otherLine?: number
  readonly limit?: number
}

export type FaultText = (
  details: FaultDetails & { readonly field?: AgencyField },
) => Bilingual & { readonly hint: Bilingual }

/** `N` missing, `R` out of range, `T` wrong form, `M` conflict, as in edXML section 11. */
const rows = {
  'T.File.Encoding': () => ({
    vi: 'Tệp không phải là văn bản UTF-8.',
    en: 'The file is not UTF-8 text.',
    hint: {
      vi: 'Lưu lại tệp dưới dạng "CSV UTF-8" hoặc JSON UTF-8.',
      en: 'Save the file again as "CSV UTF-8" or as JSON in UTF-8.',
    },
  }),
  'T.File.Json': ({ value }) => ({
    vi: `Tệp JSON sai cú pháp (${value}).`,
    en: `The JSON is not well-formed (${value}).`,
    hint: {
      vi: 'Tệp là một mảng các đối tượng cơ quan: [{"code": …, "name": …, "level": …}].',
      en: 'The file is one array of agencies: [{"code": …, "name": …, "level": …}].',
    },
  }),
  'T.File.Csv': ({ value }) => ({
    vi: `Dòng CSV sai cú pháp (${value}).`,
    en: `The CSV line is not well-formed (${value}).`,
    hint: {
      vi: 'Giá trị có dấu phẩy, xuống dòng hoặc dấu nháy kép phải đặt trong nháy kép; mỗi nháy kép bên trong viết hai lần.',
      en: 'Put a value with commas, line breaks or quotes into double quotes and double each quote inside it.',
    },
  }),
  'N.File': () => ({
    vi: 'Tệp không có cơ quan nào.',
    en: 'The file holds no agency.',
    hint: {
      vi: 'Dòng đầu của CSV là tên cột, mỗi dòng sau là một cơ quan.',
      en: 'The first CSV line names the columns; every further line is one agency.',
    },
  }),
  'M.File.Column': ({ value, other }) => ({
    vi: `Cột "${value}" không có trong danh mục hoặc bị lặp.`,
    en: `Column "${value}" is unknown or stands twice.`,
    hint: { vi: `Các cột được dùng: ${other}.`, en: `Columns that may be used: ${other}.` },
  }),
  'N.File.Column': ({ value }) => ({
    vi: `Thiếu cột "${value}".`,
    en: `Column "${value}" is missing.`,
    hint: { vi: `Thêm cột "${value}" vào dòng đầu.`, en: `Add the column "${value}" to the first line.` },
  }),
  'R.File.Columns': ({ value, other }) => ({
    vi: `Dòng có ${value} ô, dòng tiêu đề có ${other}.`,
    en: `The line has ${value} cells, the header has ${other}.`,
    hint: {
      vi: 'Thêm hoặc bỏ dấu phẩy cho đủ số ô; đặt giá trị có dấu phẩy trong nháy kép.',
      en: 'Add or remove commas until they agree; put values with commas into double quotes.',
    },
  }),
  'N.Agency': ({ field }) => ({
    vi: `Thiếu giá trị "${field}".`,
    en: `"${field}" is missing.`,
    hint: { vi: `Điền "${field}".`, en: `Fill in "${field}".` },
  }),
  'R.Agency': ({ field, value, limit }) => ({
    vi: `"${field}" dài quá ${limit} ký tự: "${value}".`,
    en: `"${field}" is longer than ${limit} characters: "${value}".`,
    hint: { vi: `Rút ngắn còn tối đa ${limit} ký tự.`, en: `Shorten it to ${limit} characters at most.` },
  }),
  'T.Agency.Code': ({ field, value }) => ({
    vi: `"${field}" có dấu phẩy, khoảng trắng hoặc ký tự điều khiển: "${value}".`,
    en: `"${field}" holds a comma, white space or a control character: "${value}".`,
    hint: {
      vi: 'Mã là một chuỗi liền, tối đa 35 ký tự, ví dụ H53.12 hoặc 000.00.12.H53.',
      en: 'A code is one unbroken text of at most 35 characters, such as H53.12 or 000.00.12.H53.',
    },
  }),
  'T.Agency.Word': ({ field, value, other }) => ({
    vi: `"${field}" không nhận giá trị "${value}".`,
    en: `"${field}" cannot be "${value}".`,
    hint: { vi: `Dùng một trong: ${other}.`, en: `Use one of: ${other}.` },
  }),
  'T.Agency.Date': ({ field, value }) => ({
    vi: `"${field}" không phải là ngày có thật: "${value}".`,
    en: `"${field}" is not a real date: "${value}".`,
    hint: { vi: 'Viết theo dạng năm-tháng-ngày, ví dụ 2025-07-01.', en: 'Write year-month-day, such as 2025-07-01.' },
  }),
  'T.Agency.Mail': ({ value }) => ({
    vi: `Địa chỉ thư không đúng dạng: "${value}".`,
    en: `The mail address is not well-formed: "${value}".`,
    hint: {
      vi: 'Viết một địa chỉ, ví dụ vanthu@coquan.gov.vn.',
      en: 'Write one address, such as office@agency.gov.vn.',
    },
  }),
  'T.Agency.Extension': ({ value }) => ({
    vi: `Loại tệp không đúng dạng: "${value}".`,
    en: `The file type is not well-formed: "${value}".`,
    hint: { vi: 'Ghi phần mở rộng của tệp, ví dụ pdf docx.', en: 'Write extensions, such as pdf docx.' },
  }),
  'T.Agency.Bytes': ({ value }) => ({
    vi: `Dung lượng không phải là số byte: "${value}".`,
    en: `The size is no number of bytes: "${value}".`,
    hint: { vi: 'Ghi số byte, ví dụ 52428800 cho 50 MiB.', en: 'Write bytes, such as 52428800 for 50 MiB.' },
  }),
  'T.Agency.Type': ({ field, other }) => ({
    vi: `"${field}" sai kiểu dữ liệu.`,
    en: `"${field}" is of the wrong type.`,
    hint: { vi: `Kiểu đúng: ${other}.`, en: `It must be ${other}.` },
  }),
  'M.Agency.Field': ({ value, other }) => ({
    vi: `Đối tượng có khóa lạ "${value}".`,
    en: `The object has the unknown key "${value}".`,
    hint: { vi: `Các khóa được dùng: ${other}.`, en: `Keys that may be used: ${other}.` },
  }),
  'R.Agency.Dates': ({ field, value, other }) => ({
    vi: `"${field}" (${value}) phải sau ${other}.`,
    en: `"${field}" (${value}) must come after ${other}.`,
    hint: { vi: 'Sửa một trong hai ngày.', en: 'Correct one of the two dates.' },
  }),
  'M.Agency.Duplicate': ({ field, value, other, otherLine }) => ({
    vi: `Mã "${value}" (${field}) đã là mã của ${other}${inLine('vi', otherLine)}.`,
    en: `Code "${value}" (${field}) is already a code of ${other}${inLine('en', otherLine)}.`,
    hint: {
      vi: 'Mỗi mã, kể cả mã cũ, chỉ trỏ tới một cơ quan: bỏ mã ở một trong hai nơi.',
      en: 'Each code, old ones included, leads to one agency: remove it from one of the two.',
    },
  }),
  'M.Agency.Unknown': ({ field, value }) => ({
    vi: `"${field}" trỏ tới mã "${value}" không có trong tệp và trong danh mục.`,
    en: `"${field}" names "${value}", which is neither in the file nor in the directory.`,
    hint: {
      vi: 'Thêm cơ quan đó vào tệp, hoặc sửa mã (dùng mã hiện hành, không dùng mã cũ).',
      en: 'Add that agency to the file or correct the code (its present code, not an older form).',
    },
  }),
  'M.Agency.Level': ({ value, other }) => ({
    vi: `Cấp trên ${value} có cấp thấp hơn cấp của cơ quan (${other}).`,
    en: `The parent ${value} is of a lower level than the agency (${other}).`,
    hint: {
      vi: 'Cấp trên phải cùng cấp hoặc cao hơn: sửa "level" hoặc "parent".',
      en: 'A parent is of the same or a higher level: correct "level" or "parent".',
    },
  }),
  'M.Agency.Children': ({ value, other }) => ({
    vi: `Cấp "${value}" thấp hơn cấp của đơn vị trực thuộc ${other} đã có trong danh mục.`,
    en: `Level "${value}" is lower than that of ${other}, which the directory holds below it.`,
    hint: {
      vi: `Sửa "level", hoặc đưa cả ${other} vào tệp.`,
      en: `Correct "level", or bring ${other} into the file as well.`,
    },
  }),
  'M.Agency.Cycle': ({ field, value }) => ({
    vi: `"${field}" tạo thành vòng: ${value}.`,
    en: `"${field}" goes round in a circle: ${value}.`,
    hint: { vi: `Sửa "${field}" ở một trong các mã này.`, en: `Correct "${field}" of one of these codes.` },
  }),
  'M.Agency.Center': ({ value }) => ({
    vi: `"center" trỏ tới ${value}, không phải là trung tâm kết nối.`,
    en: `"center" names ${value}, which is not a center.`,
    hint: {
      vi: 'Chỉ cơ quan có "kind" là center mới phục vụ cơ quan khác.',
      en: 'Only an agency of kind "center" serves others.',
    },
  }),
} as const satisfies Record<string, FaultText>

export type FaultReason = keyof typeof rows
export const faultTexts: Readonly<Record<FaultReason, FaultText>> = rows

function inLine(language: 'vi' | 'en', line: number | undefined): string {
  if (line === undefined) return language === 'vi' ? ' trong danh mục' : ' in the directory'
  return language === 'vi' ? ` (dòng ${line})` : ` (line ${line})`
}
