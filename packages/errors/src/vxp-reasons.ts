import type { Bilingual } from './finding.ts'
import { problemCodes } from './problem-codes.ts'

/**
 * Numbers of the VXP protocol: 10 invalid file, 15 wrong system id or secret, 18 receiver does not exist, 19 sender not
 * registered, 21 file processing error, 22 not in the required format, 23 receiver locked.
 */
export type VxpErrorCode = '10' | '15' | '18' | '19' | '20' | '21' | '22' | '23'

export type VxpReasonDetails = Readonly<Record<string, string | number>>

interface ReasonRow {
  readonly code: VxpErrorCode
  readonly text: (details: VxpReasonDetails) => Bilingual
}

const say = (vi: string, en: string): Bilingual => ({ vi, en })
const headerOf = ({ header }: VxpReasonDetails): string => `XroadVnpt-${header}`

/** Every refusal of the VXP edge itself; faults of an envelope have texts of their own. */
export const vxpReasons = {
  'header-missing': {
    code: '15',
    text: details =>
      say(
        `Thiếu header ${headerOf(details)}. Hãy gửi kèm header này và đưa nó vào danh sách ký`,
        `The header ${headerOf(details)} is missing. Send it, and sign it`,
      ),
  },
  'header-doubled': {
    code: '15',
    text: details =>
      say(
        `Header ${headerOf(details)} xuất hiện nhiều lần. Hãy gửi đúng một lần`,
        `The header ${headerOf(details)} occurs more than once. Send it once`,
      ),
  },
  'header-unsigned': {
    code: '15',
    text: details =>
      say(
        `Header ${headerOf(details)} không nằm trong sign-header. Hãy đưa mọi tham số của lệnh vào danh sách ký`,
        `The header ${headerOf(details)} is not in sign-header. Sign every parameter of the call`,
      ),
  },
  'header-differs': {
    code: '15',
    text: details =>
      say(
        `Header ${headerOf(details)} khác với giá trị đã ký trong sign-header. Hãy kiểm tra thiết bị trung gian có sửa header không`,
        `The header ${headerOf(details)} differs from its signed value. See whether something on the way changes headers`,
      ),
  },
  'sign-header-unreadable': {
    code: '15',
    text: () =>
      say(
        'sign-header không phải là một đối tượng JSON gồm các chuỗi. Hãy dùng bộ kit nguyên bản',
        'sign-header is no JSON object of texts. Use the kit as it is',
      ),
  },
  'signature-wrong': {
    code: '15',
    text: () =>
      say(
        'Sai mã hệ thống hoặc khóa bí mật (hash-header không khớp). Hãy kiểm tra systemid và secret đã cấp',
        'Wrong system id or secret (hash-header does not fit). Check systemid and the secret that was issued',
      ),
  },
  'timestamp-unreadable': {
    code: '15',
    text: () =>
      say("timestamp không đúng dạng ddMMyyyy'T'HHmmss+SSSS", "timestamp is not of the form ddMMyyyy'T'HHmmss+SSSS"),
  },
  'timestamp-ahead': {
    code: '15',
    text: ({ offsetSeconds = 0 }) =>
      say(
        `timestamp đi trước giờ của Trục ${offsetSeconds} giây. Hãy đồng bộ đồng hồ máy chủ theo giờ Việt Nam (NTP)`,
        `timestamp lies ${offsetSeconds} s ahead of the hub. Set the clock by NTP, in Vietnam's zone`,
      ),
  },
  'timestamp-old': {
    code: '15',
    text: ({ offsetSeconds = 0, maxAgeSeconds = 0 }) =>
      say(
        `timestamp đã cũ ${-Number(offsetSeconds)} giây, cho phép ${maxAgeSeconds}. Hãy tạo lại đối tượng client, hoặc đề nghị quản trị Trục nới thời hạn cho hệ thống`,
        `timestamp is ${-Number(offsetSeconds)} s old, ${maxAgeSeconds} are allowed. Make a new client object, or ask the administrator for a longer time`,
      ),
  },
  'plain-http': {
    code: '15',
    text: ({ address = '' }) =>
      say(
        `Địa chỉ ${address} không được gọi qua HTTP không mã hóa. Hãy gọi qua HTTPS, hoặc đề nghị quản trị Trục khai báo mạng nguồn`,
        `${address} may not call over plain HTTP. Call over HTTPS, or have the source network listed`,
      ),
  },
  'sender-not-bound': {
    code: '19',
    text: ({ from = '' }) =>
      say(
        `Đơn vị gửi ${from} không được đăng ký cho hệ thống này. Hãy kiểm tra tham số from, hoặc đề nghị quản trị Trục gắn đơn vị`,
        `The sender ${from} is not registered for this system. Check from, or have the agency bound`,
      ),
  },
  'agency-not-bound': {
    code: '15',
    text: ({ agency = '' }) =>
      say(
        `Hệ thống không được thao tác thay cho đơn vị ${agency}. Hãy kiểm tra mã đơn vị, hoặc đề nghị quản trị Trục gắn đơn vị`,
        `The system does not act for ${agency}. Check the code, or have the agency bound`,
      ),
  },
  'file-missing': {
    code: '10',
    text: () =>
      say(
        'Không có tệp edXML trong yêu cầu. Hãy gửi tệp làm thân (application/octet-stream) hoặc trong phần file_doc',
        'There is no edXML file in the request. Send it as the body, or as the part file_doc',
      ),
  },
  'hash-file': {
    code: '10',
    text: () =>
      say(
        'hash-file không khớp với tệp nhận được. Hãy tính lại SHA-256 của đúng tệp gửi đi và gửi lại',
        'hash-file does not fit the file received. Compute the SHA-256 of the very file, and send again',
      ),
  },
  'parameter-wrong': {
    code: '22',
    text: ({ header = '', value = '', wanted = '' }) =>
      say(
        `Tham số ${header} có giá trị "${value}". Giá trị hợp lệ: ${wanted}`,
        `${header} is "${value}", not ${wanted}`,
      ),
  },
  'body-wrong': {
    code: '22',
    text: ({ wanted = '' }) =>
      say(`Thân yêu cầu không đúng định dạng. Cần: ${wanted}`, `The body is not as it should be: ${wanted}`),
  },
  'document-unknown': {
    code: '22',
    text: () =>
      say(
        'Không có văn bản nào mang docId này trong hộp đến của hệ thống. Hãy lấy lại danh sách bằng getReceivedEdocList',
        'No document of this docId is in the mailbox of the system. Read the list again',
      ),
  },
  'document-closed': {
    code: '22',
    text: ({ state = '' }) =>
      say(
        `Không thực hiện được: ${closedWords[state] ?? `văn bản đang ở trạng thái ${state}`}. Hãy lấy lại danh sách bằng getReceivedEdocList`,
        `The document is ${state}. Read the list again`,
      ),
  },
  'file-too-large': {
    code: '21',
    text: ({ sizeBytes = 0, maxBytes = 0 }) =>
      say(
        `Tệp ${sizeBytes} byte vượt ${maxBytes} byte của getEdoc. Hãy tải bằng downloadEdoc, hoặc từ trang quản trị của Trục`,
        `The file of ${sizeBytes} bytes is over the ${maxBytes} of getEdoc. Use downloadEdoc, or the console`,
      ),
  },
} as const satisfies Record<string, ReasonRow>

const closedWords: Readonly<Record<string, string>> = {
  acknowledged: 'văn bản đã được báo nhận (done)',
  withdrawn: 'bên gửi đã rút lại văn bản',
  expired: 'văn bản đã hết hạn giao',
  failed: 'văn bản đã ghi nhận là không giao được',
}

export type VxpReason = keyof typeof vxpReasons

/** A call as it was written down. */
interface NotedCall {
  /** Of the table above, or a problem code; absent when nothing was refused. */
  readonly reason?: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Why a call was refused, as people read it; undefined where nothing was refused. */
export function vxpCallText({ reason, details }: NotedCall): Bilingual | undefined {
  if (reason === undefined) return undefined
  if (Object.hasOwn(vxpReasons, reason)) return vxpReasons[reason as VxpReason].text(details as VxpReasonDetails)
  const codes = Array.isArray(details.codes) && details.codes.length > 0 ? `: ${details.codes.join(', ')}` : ''
  const title = Object.hasOwn(problemCodes, reason)
    ? problemCodes[reason as keyof typeof problemCodes].title
    : undefined
  return { vi: `${title?.vi ?? reason}${codes}`, en: `${title?.en ?? reason}${codes}` }
}
