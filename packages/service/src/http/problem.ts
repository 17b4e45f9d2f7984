import { type Bilingual, type Finding, HubError, type ProblemCode, problemCodes } from '@docaxis/errors'
import { toHubError } from '@docaxis/store'
import type { FastifyError } from 'fastify'

/** RFC 9457, with both languages, our code, and every fault at once. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly titleVi: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  /** Page that explains the code, for whoever reads the answer; relative to the address that was asked. */
  readonly help: string
  /** Names this request; the log has the same id. */
  readonly instance: string
  readonly traceId: string
  readonly errors: readonly Pick<Finding, 'code' | 'path' | 'vi' | 'en' | 'hint' | 'details'>[]
  /** The values that disagree, ids, limits. */
  readonly details?: Readonly<Record<string, unknown>>
}

export const problemContentType = 'application/problem+json; charset=utf-8'

/**
 * What a caller is told of an error. Failures of storage become 503, the framework's own 4xx keep their status, and
 * everything unknown is a bug: 500 without detail.
 */
export function hubErrorOf(error: unknown): { readonly error: HubError; readonly status: number } {
  const known = toHubError(error)
  if (known instanceof HubError) return { error: known, status: known.status }
  const status = clientStatusOf(known)
  if (status === undefined) {
    return { error: new HubError('INTERNAL', 'an unexpected failure; the log has it', { cause: error }), status: 500 }
  }
  const findings = validationFindings(known as FastifyError)
  const message = known instanceof Error ? known.message : 'the request is not well-formed'
  return { error: new HubError(codeOfStatus(status), message, { findings, cause: error }), status }
}

export function problemOf(error: HubError, status: number, traceId: string): Problem {
  const { title } = problemCodes[error.code]
  return {
    type: `urn:docaxis:problem:${error.code}`,
    title: title.en,
    titleVi: title.vi,
    status,
    detail: error.message,
    code: error.code,
    help: `/help/${error.code}`,
    instance: `urn:docaxis:trace:${traceId}`,
    traceId,
    errors: error.findings.map(({ severity: _, ...fault }) => fault),
    // On our own failures they would tell a stranger about the inside.
    ...(status < 500 && Object.keys(error.details).length > 0 ? { details: error.details } : {}),
  }
}

/** Status of the framework's or a plugin's own refusal. */
function clientStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const status = Number(error.statusCode)
  return (status >= 400 && status < 500) || status === 503 ? status : undefined
}

const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'AUTHENTICATION_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'ENVELOPE_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  416: 'RANGE_NOT_SATISFIABLE',
  429: 'RATE_LIMITED',
  503: 'STORAGE_UNAVAILABLE',
}

function codeOfStatus(status: number): ProblemCode {
  return codesByStatus[status] ?? 'REQUEST_INVALID'
}

const schemaHint: Bilingual = {
  vi: 'Sửa trường này theo mô tả của giao diện, tại /api/docs.',
  en: 'Correct the field as the interface description says, at /api/docs.',
}

/** Faults that the route's schema found, named by their place: `body/code`, `querystring/limit`. */
function validationFindings({ validation, validationContext }: FastifyError): readonly Finding[] {
  return (validation ?? []).map(({ instancePath, message = 'is wrong', params }) => ({
    code: 'REQUEST_INVALID',
    path: `${validationContext ?? 'request'}${instancePath}${missingProperty(params)}`,
    severity: 'error',
    vi: `Giá trị không hợp lệ: ${message}`,
    en: `The value ${message}`,
    hint: schemaHint,
  }))
}

function missingProperty(params: Record<string, unknown>): string {
  return typeof params.missingProperty === 'string' ? `/${params.missingProperty}` : ''
}
