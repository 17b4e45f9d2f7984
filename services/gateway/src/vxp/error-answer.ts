import { type Finding, type HubError, problemCodes, type VxpErrorCode } from '@docaxis/errors'
import { hubErrorOf } from '@docaxis/service'
import { errorsOf } from '../intake/proof.ts'
import { VxpRefusal } from './refusal.ts'
import { formatVietnamTime } from './vietnam-time.ts'

/** What a VXP client is told of an error: it never repeats an ErrorCode, and does repeat a 5xx. */
export interface ErrorAnswer {
  readonly status: number
  readonly errorCode: string
  readonly errorDesc: string
  /** For the system's list of calls. */
  readonly reason: string
  readonly details: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number
}

export function errorAnswerOf(thrown: unknown): ErrorAnswer {
  if (thrown instanceof VxpRefusal) {
    const { code, text, reason, details } = thrown
    return { status: 200, errorCode: code, errorDesc: `${text.vi}.`, reason, details }
  }
  const { error, status } = hubErrorOf(thrown)
  return error.retryable ? laterAnswer(error, status) : refusalAnswer(error)
}

/** 429 is unknown to kits, so whatever may be sent again is a 5xx. */
function laterAnswer(error: HubError, status: number): ErrorAnswer {
  const answered = status >= 500 ? status : 503
  return {
    status: answered,
    errorCode: String(answered),
    errorDesc: problemCodes[error.code].title.vi,
    reason: error.code,
    details: { codes: codesOf(error.findings) },
    ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
  }
}

function refusalAnswer(error: HubError): ErrorAnswer {
  const faults = errorsOf(error.findings)
  const [first] = faults
  return {
    status: 200,
    errorCode: codeOf(error, first),
    errorDesc: describe(error, faults),
    reason: error.code,
    details: { codes: codesOf(faults) },
  }
}

const codesOf = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ code }) => code))]

/** The first finding decides the class (edXML 11, "Towards VXP clients"). */
function codeOf(error: HubError, first: Finding | undefined): VxpErrorCode {
  if (aboutFiles.has(error.code)) return '21'
  if (first) return codeOfFinding(first.code)
  switch (error.code) {
    case 'AUTHENTICATION_REQUIRED':
    case 'FORBIDDEN':
      return '15'
    case 'ENVELOPE_TOO_LARGE':
    case 'ENVELOPE_MALFORMED':
      return '10'
    case 'SENDER_NOT_ALLOWED':
      return '19'
    default:
      return '22'
  }
}

const aboutFiles: ReadonlySet<string> = new Set(['ATTACHMENT_REFUSED', 'MALWARE_FOUND'])
const receiverUnknown = new Set(['R.MessageHeader.To.OrganId', 'M.MessageHeader.To.NotConnected'])
const receiverClosed = new Set(['M.MessageHeader.To.Closed', 'M.MessageHeader.To.Locked'])
const receiverLimited = new Set(['R.MessageHeader.To.Size', 'M.MessageHeader.To.FileType'])

function codeOfFinding(code: string): VxpErrorCode {
  if (/^(M\.XML|R\.XML\.Size)/.test(code)) return '10'
  if (receiverUnknown.has(code)) return '18'
  if (receiverClosed.has(code)) return '23'
  if (code === 'M.MessageHeader.From.OrganId') return '19'
  if (/^[A-Z]\.(AttachmentEncoded|edXMLManifest|AttachmentName)/.test(code)) return '21'
  return '22'
}

function describe(error: HubError, faults: readonly Finding[]): string {
  const [first] = faults
  if (error.code === 'DOCUMENT_EXISTS') return `${alreadySent(error)}${first ? ` ${sentence(first)}` : ''}`
  if (!first) return `${problemCodes[error.code].title.vi}.`
  const others = faults.length > 1 ? ` (và ${faults.length - 1} lỗi khác: ${codesOf(faults.slice(1)).join(', ')})` : ''
  return `${receivers(first, faults)}${sentence(first)}${others}`
}

const sentence = ({ code, vi, hint }: Finding): string => `[${code}] ${vi} ${hint.vi}`

function alreadySent({ details }: HubError): string {
  const at = typeof details.acceptedAt === 'string' ? formatVietnamTime(new Date(details.acceptedAt)) : ''
  return `Đã gửi lúc ${at}, DocId ${details.id}.`
}

const mostCodes = 20

/** All receivers that have this kind of fault: whoever corrects a list corrects it once. */
function receivers(first: Finding, faults: readonly Finding[]): string {
  const kind = [receiverUnknown, receiverClosed, receiverLimited].find(codes => codes.has(first.code))
  if (!kind) return ''
  const written = faults.filter(({ code }) => kind.has(code)).map(({ details }) => String(details?.written ?? ''))
  const codes = [...new Set(written)]
  const more = codes.length > mostCodes ? ` và ${codes.length - mostCodes} mã khác` : ''
  return `Đơn vị nhận: ${codes.slice(0, mostCodes).join(', ')}${more}. `
}
