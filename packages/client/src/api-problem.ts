import type { Finding, ProblemCode } from '@docaxis/errors'

/** One fault as it stands on a problem answer; all of them are errors. */
export type ProblemFinding = Omit<Finding, 'severity'>

/** The hub answered, and the answer is a refusal: problem+json (RFC 9457) of the HTTP API. */
export interface ProblemBody {
  readonly code?: ProblemCode
  readonly title?: string
  readonly titleVi?: string
  readonly detail?: string
  /** Page that explains the code, relative to the address that was asked. */
  readonly help?: string
  readonly errors?: readonly ProblemFinding[]
  readonly [field: string]: unknown
}

/** In use by another, too many, damaged on its way. */
const retryableStatuses: ReadonlySet<number> = new Set([423, 429, 460])

export class ApiProblem extends Error {
  /** A row of the hub's table of problem codes, or `HTTP_<status>` where something else answered. */
  readonly code: ProblemCode | `HTTP_${number}`
  readonly status: number
  /** Every fault of an envelope, in document order. */
  readonly errors: readonly ProblemFinding[]
  /** The answer's body as it came. */
  readonly body: ProblemBody
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, body: ProblemBody, retryAfterSeconds?: number) {
    super(body.detail ?? body.title ?? `the hub answered ${status}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? `HTTP_${status}`
    this.errors = body.errors ?? []
    this.body = body
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** The same request may succeed later: the hub is busy, restarting or lacks data to decide. */
  get retryable(): boolean {
    return retryableStatuses.has(this.status) || this.status >= 500
  }
}

/** No answer came, after every try: the hub is down, the address is wrong, or the network is cut. */
export class HubUnreachable extends Error {
  readonly url: string

  constructor(url: string, cause: unknown) {
    super(`no answer from ${url}: ${reason(cause)}`, { cause })
    this.name = 'HubUnreachable'
    this.url = url
  }
}

/** The bytes that arrived are not the bytes the hub holds; nothing was kept. */
export class TransferDamaged extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TransferDamaged'
  }
}

/** `fetch` hides the system's reason one level down. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? reason(cause.cause) : cause.message || cause.name
}
