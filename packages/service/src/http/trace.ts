import { randomId } from '@docaxis/store'

/** W3C Trace Context, level 1: what ties gateway, router, delivery and notary together. */
export interface Trace {
  /** 32 hex digits; on problem answers too, so that a caller can name the request. */
  readonly traceId: string
  /** Goes on events and calls that this request causes. */
  readonly traceparent: string
}

const shape = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** Continues the caller's trace, or begins one when the header is absent or wrong (section 3.2.2). */
export function continueTrace(header: string | undefined): Trace {
  const [, given, parent, flags] = shape.exec(header ?? '') ?? []
  const usable = given !== undefined && !/^0+$/.test(given) && parent !== undefined && !/^0+$/.test(parent)
  const random = randomId() + randomId()
  const traceId = usable ? given : random.slice(16)
  return { traceId, traceparent: `00-${traceId}-${random.slice(0, 16)}-${usable ? flags : '00'}` }
}
