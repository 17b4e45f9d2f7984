import type { Bilingual } from './language.tsx'

/** The hub said no, or could not be asked; `text` is the sentence for the person at the page. */
export class Refused extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** For the help desk: stands small beside the sentence. */
  readonly code: string
  readonly traceId: string | undefined
  readonly text: Bilingual
  /** All that is wrong with what was sent, with what to do about each. */
  readonly faults: readonly Fault[]
  readonly details: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, text: Bilingual, { traceId, errors = [], details = {} }: Problem = {}) {
    super(text.en)
    this.name = 'Refused'
    this.status = status
    this.code = code
    this.text = text
    this.traceId = traceId
    this.faults = errors
    this.details = details
  }
}

/** One fault of what was sent. */
export interface Fault extends Bilingual {
  readonly code: string
  /** Such as `line 12, name`. */
  readonly path: string
  readonly hint: Bilingual
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

let csrfToken = ''

/** For requests that are not made by `api`. */
export const csrfHeaders = (): Readonly<Record<string, string>> => ({ 'x-csrf-token': csrfToken })

/** Kept outside the components: every change that is asked for carries it. */
export function rememberCsrfToken(token: string | undefined): void {
  csrfToken = token ?? ''
}

/** Where the console's interface is; downloads and event streams address it directly. */
export const apiUrl = (path: string): string => `/console/api${path}`

/**
 * Asks the console's interface.
 *
 * @param path below `/console/api`
 * @throws Refused
 */
export async function api<T>(path: string, { method = 'GET', body, signal }: Call = {}): Promise<T> {
  const response = await send(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method !== 'GET' && csrfHeaders()),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => ({})))
  return (response.status === 204 ? undefined : await response.json()) as T
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(apiUrl(path), init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw unreached()
  }
}

/** RFC 9457 with both languages, as every part of the hub answers. */
interface Problem {
  readonly code?: string
  readonly title?: string
  readonly titleVi?: string
  readonly traceId?: string
  readonly errors?: readonly Fault[]
  readonly details?: Readonly<Record<string, unknown>>
}

export function refusalOf(status: number, problem: Problem): Refused {
  return new Refused(status, problem.code ?? 'INTERNAL', sentenceOf(problem, status), problem)
}

export const unreached = (): Refused => new Refused(0, 'UNREACHABLE', unreachable)

function sentenceOf({ code, title, titleVi, errors = [], details }: Problem, status: number): Bilingual {
  const wait = waitSentence(Number(details?.retryAfterSeconds))
  if (wait) return wait
  const known = sentences[code ?? '']
  if (known) return known
  const [fault] = errors
  if (fault) return { vi: fault.vi, en: fault.en }
  if (title && titleVi && status < 500) return { vi: `${titleVi}.`, en: `${title}.` }
  return trouble
}

/** How long to wait, where the hub says so. */
function waitSentence(seconds: number): Bilingual | undefined {
  if (!(seconds > 0)) return undefined
  const minutes = Math.ceil(seconds / 60)
  const [vi, en] = seconds <= 90 ? [`${seconds} giây`, `${seconds} seconds`] : [`${minutes} phút`, `${minutes} minutes`]
  return {
    vi: `Thử quá nhiều lần từ mạng này. Chờ ${vi} rồi thử lại.`,
    en: `Too many tries from this network. Wait ${en} and try again.`,
  }
}

const unreachable: Bilingual = {
  vi: 'Không kết nối được tới trục. Kiểm tra mạng rồi thử lại.',
  en: 'The hub cannot be reached. Check the network and try again.',
}
const trouble: Bilingual = {
  vi: 'Trục chưa trả lời được. Thử lại sau ít phút; nếu vẫn vậy, báo mã tra cứu cho quản trị.',
  en: 'The hub cannot answer now. Try again in a few minutes; if it stays so, report the trace id to the administrator.',
}

/** What the general titles, made for the programs of agencies, would say to a person. */
const sentences: Readonly<Record<string, Bilingual>> = {
  AUTHENTICATION_REQUIRED: {
    vi: 'Phiên làm việc đã kết thúc. Đăng nhập lại.',
    en: 'The session is over. Sign in again.',
  },
  FORBIDDEN: {
    vi: 'Tài khoản của bạn không có quyền này. Cần thì đề nghị quản trị trục cấp.',
    en: 'Your account may not do this. Ask the administrator of the hub if you need it.',
  },
  NOT_FOUND: {
    vi: 'Không tìm thấy, hoặc nằm ngoài phạm vi của bạn.',
    en: 'Not found, or outside of what you may see.',
  },
  RATE_LIMITED: {
    vi: 'Thao tác quá nhanh. Chờ một phút rồi thử lại.',
    en: 'Too many requests. Wait a minute and try again.',
  },
}
