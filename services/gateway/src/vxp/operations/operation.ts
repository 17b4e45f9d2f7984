import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Gateway } from '../../gateway.ts'
import { VxpRefusal } from '../refusal.ts'
import type { ProvedCall } from '../vxp-state.ts'

/** What an operation answers beside status, ErrorCode and ErrorDesc. */
export interface Answer {
  /** Said in place of "Thành công". */
  readonly errorDesc?: string
  readonly fields?: Readonly<Record<string, unknown>>
}

/** One operation of the protocol. */
export interface Operation {
  readonly name: string
  readonly method: 'GET' | 'POST'
  /**
   * Parameters it reads, and no others: a client object sends along those of all its earlier calls. Each must be signed.
   */
  readonly reads: readonly string[]
  /** @returns undefined when it has sent its answer itself */
  run(context: OperationContext): Promise<Answer | undefined>
}

export interface OperationContext {
  readonly gateway: Gateway
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly proved: ProvedCall
}

/** `eDoc` is the only service; some clients write it otherwise. */
export function requireService({ call }: ProvedCall): void {
  const servicetype = call.parameter('servicetype')
  if (servicetype !== undefined && servicetype.toLowerCase() !== 'edoc') {
    throw wrongParameter('servicetype', servicetype, 'eDoc')
  }
}

/** Kind of packet that `messagetype` names; undefined when the call does not say. */
export function kindOf({ call }: ProvedCall): 'document' | 'status' | undefined {
  const messagetype = call.parameter('messagetype')
  switch (messagetype?.toLowerCase()) {
    case undefined:
      return undefined
    case 'edoc':
      return 'document'
    case 'status':
      return 'status'
    default:
      throw wrongParameter('messagetype', messagetype ?? '', 'edoc, status')
  }
}

export function wrongParameter(header: string, value: string, wanted: string): VxpRefusal {
  return new VxpRefusal('parameter-wrong', { header, value: value.slice(0, 100), wanted })
}
