import type { VxpSettings } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import type { HashFileForm } from './hash-file.ts'
import type { SignedCall } from './signed-call.ts'

/** What is known of a VXP request while it is served. */
export interface VxpState {
  /** Of the system that the call says it is from, as soon as there is one; proved only once `proved` is there. */
  systemId?: string
  call?: SignedCall
  proved?: ProvedCall
  /** How the file's digest was written, of a call that brought one. */
  hashFile?: HashFileForm
  /** It was an empty poll: nothing of it is written anywhere. */
  quiet: boolean
}

/** A call whose system has proved itself. */
export interface ProvedCall {
  readonly caller: Caller
  readonly settings: VxpSettings
  readonly call: SignedCall
}

/** Name under which the state lies on the request. */
export const stateDecorator = 'vxp'

/** Made when it is first asked for: what all routes share may refuse a request before VXP has seen it. */
export function stateOf(request: FastifyRequest): VxpState {
  const known = request.getDecorator<VxpState | null>(stateDecorator)
  if (known) return known
  const state: VxpState = { quiet: false }
  request.setDecorator(stateDecorator, state)
  return state
}

/** @throws Error in a route that asked nobody who calls */
export function provedCall(request: FastifyRequest): ProvedCall {
  const { proved } = stateOf(request)
  if (!proved) throw new Error('a VXP operation was let through without its caller')
  return proved
}
