import type { Finding } from './finding.ts'
import { type ProblemCode, problemCodes } from './problem-codes.ts'

export interface HubErrorOptions {
  /** The two values that disagree, ids, limits. Never document content or key material. */
  readonly details?: Readonly<Record<string, unknown>>
  /** Every fault found in the envelope, at once. */
  readonly findings?: readonly Finding[]
  /** Seconds a client should wait before it sends the same again. */
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/** A failure whose rule is known. Anything else thrown is a bug and is answered 500 without detail. */
export class HubError extends Error {
  readonly code: ProblemCode
  readonly details: Readonly<Record<string, unknown>>
  readonly findings: readonly Finding[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: ProblemCode, message: string, options: HubErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'HubError'
    this.code = code
    this.details = options.details ?? {}
    this.findings = options.findings ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  get status(): number {
    return problemCodes[this.code].status
  }

  get retryable(): boolean {
    return problemCodes[this.code].retryable
  }
}
