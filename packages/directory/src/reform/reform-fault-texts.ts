import type { ReformFaultText } from './reform-faults.ts'

/** `N` missing, `R` out of range, `T` wrong form, `M` conflict, as in edXML section 11. */
const rows = {
  'T.Reform.Encoding': () => ({
    vi: 'Tệp không phải là văn bản UTF-8.',
    en: 'The file is not UTF-8 text.',
    hint: { vi: 'Lưu lại tệp dưới dạng JSON UTF-8.', en: 'Save the file again as JSON in UTF-8.' },
  }),
  'T.Reform.Json': ({ value }) => ({
    vi: `Tệp JSON sai cú pháp (${value}).`,
    en: `The JSON is not well-formed (${value}).`,
    hint: { vi: 'Sửa cú pháp ở dòng này.', en: 'Correct the syntax on this line.' },
  }),
  'T.Reform.Type': ({ other }) => ({
    vi: `Sai kiểu dữ liệu, cần ${other}.`,
    en: `The value is of the wrong type: ${other} is needed.`,
    hint: { vi: `Viết ${other}.`, en: `Write ${other}.` },
  }),
  'T.Reform.Word': ({ value, other }) => ({
    vi: `Không nhận giá trị "${value}".`,
    en: `The value cannot be "${value}".`,
    hint: { vi: `Dùng một trong: ${other}.`, en: `Use one of: ${other}.` },
  }),
  'T.Reform.Date': ({ value }) => ({
    vi: `Không phải là ngày có thật: "${value}".`,
    en: `Not a real date: "${value}".`,
    hint: { vi: 'Viết theo dạng năm-tháng-ngày, ví dụ 2025-07-01.', en: 'Write year-month-day, such as 2025-07-01.' },
  }),
  'T.Reform.Code': ({ value }) => ({
    vi: `Không dùng làm mã được: "${value}".`,
    en: `This cannot be a code: "${value}".`,
    hint: {
      vi: 'Mã là một chuỗi liền, tối đa 35 ký tự, không có dấu phẩy.',
      en: 'A code is one unbroken text of at most 35 characters without comma.',
    },
  }),
  'N.Reform': ({ value }) => ({
    vi: `Thiếu "${value}".`,
    en: `"${value}" is missing.`,
    hint: { vi: `Điền "${value}".`, en: `Fill in "${value}".` },
  }),
  'R.Reform': ({ value, other }) => ({
    vi: `"${value}" dài quá ${other} ký tự.`,
    en: `"${value}" is longer than ${other} characters.`,
    hint: { vi: `Rút ngắn còn tối đa ${other} ký tự.`, en: `Shorten it to ${other} characters at most.` },
  }),
  'M.Reform.Field': ({ value, other }) => ({
    vi: `Có khóa lạ "${value}".`,
    en: `There is the unknown key "${value}".`,
    hint: { vi: `Các khóa được dùng: ${other}.`, en: `Keys that may be used: ${other}.` },
  }),
  'R.Reform.Few': ({ value, other }) => ({
    vi: `Chỉ có ${value}, cần ít nhất ${other}.`,
    en: `There is ${value}, at least ${other} are needed.`,
    hint: {
      vi: 'Sáp nhập đóng ít nhất một mã; chia tách có ít nhất hai cơ quan nhận.',
      en: 'A merge closes at least one code; a split has at least two agencies that take over.',
    },
  }),
  'R.Reform.Dates': ({ value, other }) => ({
    vi: `Ngày ${value} phải sau ${other}.`,
    en: `The day ${value} must come after ${other}.`,
    hint: { vi: 'Sửa một trong hai ngày.', en: 'Correct one of the two days.' },
  }),
  'M.Reform.Unknown': ({ value }) => ({
    vi: `Mã "${value}" không có trong danh mục và không được lập trong tệp này.`,
    en: `Code "${value}" is neither in the directory nor opened by this file.`,
    hint: {
      vi: 'Dùng mã hiện hành của cơ quan (không dùng mã cũ), hoặc lập cơ quan đó trong một mục khác.',
      en: "Use the agency's present code (no older form), or open the agency in another change.",
    },
  }),
  'M.Reform.Exists': ({ value }) => ({
    vi: `Mã "${value}" đã có trong danh mục, không lập mới được.`,
    en: `Code "${value}" is in the directory already and cannot be opened.`,
    hint: {
      vi: 'Để sáp nhập vào cơ quan đang có, chỉ ghi mã của nó.',
      en: 'To merge into an agency that is there, write its code alone.',
    },
  }),
  'M.Reform.Closed': ({ value, other }) => ({
    vi: `Mã "${value}" không hoạt động vào ngày hiệu lực (đóng từ ${other}).`,
    en: `Code "${value}" is not open on the day of the reform (closed from ${other}).`,
    hint: { vi: 'Bỏ mục này, hoặc dùng mã đang hoạt động.', en: 'Remove this change, or use a code that is open.' },
  }),
  'M.Reform.Twice': ({ value, other }) => ({
    vi: `Mã "${value}" đã được thay đổi ở ${other}.`,
    en: `Code "${value}" is changed in ${other} already.`,
    hint: { vi: 'Gộp hai mục thành một.', en: 'Make one change of the two.' },
  }),
  'M.Reform.Target': ({ value, other }) => ({
    vi: `Cơ quan nhận "${value}" bị đóng ở ${other}.`,
    en: `"${value}", which should take over, is closed in ${other}.`,
    hint: {
      vi: 'Chỉ thẳng tới cơ quan còn hoạt động sau cải cách.',
      en: 'Name an agency that is open after the reform.',
    },
  }),
  'M.Reform.Choice': ({ value, other }) => ({
    vi: `"${value}" không nằm trong "into" (${other}).`,
    en: `"${value}" is none of "into" (${other}).`,
    hint: { vi: 'Cơ quan kế thừa là một trong các cơ quan nhận.', en: 'The successor is one of those that take over.' },
  }),
  'M.Reform.Same': ({ value }) => ({
    vi: `Không thay đổi gì: đã là "${value}".`,
    en: `This changes nothing: it is "${value}" already.`,
    hint: { vi: 'Bỏ mục này.', en: 'Remove this change.' },
  }),
  'M.Reform.Children': ({ value, other }) => ({
    vi: `Còn ${other} cơ quan đang hoạt động trực thuộc mã bị đóng "${value}".`,
    en: `${other} agencies that stay open are below "${value}", which is closed.`,
    hint: {
      vi: 'Ghi "childrenTo", hoặc thay đổi từng cơ quan đó trong tệp.',
      en: 'Give "childrenTo", or change each of them in the file.',
    },
  }),
  'M.Reform.Served': ({ value, other }) => ({
    vi: `Còn ${other} cơ quan đang hoạt động do trung tâm bị đóng "${value}" phục vụ.`,
    en: `${other} agencies that stay open are served by "${value}", a center which is closed.`,
    hint: {
      vi: 'Ghi "servedBy": mã của trung tâm phục vụ các cơ quan đó từ ngày hiệu lực.',
      en: 'Give "servedBy": the code of the center that serves them from that day on.',
    },
  }),
} as const satisfies Record<string, ReformFaultText>

export type ReformFaultReason = keyof typeof rows
export const reformFaultTexts: Readonly<Record<ReformFaultReason, ReformFaultText>> = rows
