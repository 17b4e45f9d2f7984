import type { Profile } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import type { SignaturePolicy } from '@docaxis/signature'
import type { AttachmentPolicy, SystemIdentity } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'

/** The authenticated system behind a request, with what it may do. */
export interface Caller {
  readonly systemId: string
  readonly profile: Profile
  readonly signaturePolicy: SignaturePolicy
  readonly statusPolicy: SignaturePolicy
  readonly attachmentPolicy: AttachmentPolicy
  readonly badReceiver: 'refuse-all' | 'deliver-others'
  readonly maxFileBytes?: number
  /** Directory codes of the agencies it acts for, and no others. */
  readonly agencies: readonly string[]
  /** May use the administration calls. */
  readonly operator: boolean
}

export function callerOfSystem(system: SystemIdentity): Caller {
  const { id, roles, name: _name, ...settings } = system
  return { ...settings, systemId: id, operator: roles.includes('operator') }
}

/** Name under which authentication leaves the caller on the request. */
export const callerDecorator = 'caller'

/** @throws HubError `AUTHENTICATION_REQUIRED`: a route that forgot to ask who calls answers nobody */
export function callerOf(request: FastifyRequest): Caller {
  const caller = request.getDecorator<Caller | null>(callerDecorator)
  if (!caller) throw new HubError('AUTHENTICATION_REQUIRED', 'the calling system is not authenticated')
  return caller
}

/** For administration routes, as `onRequest`: refused before a body is read. */
export async function requireOperator(request: FastifyRequest): Promise<void> {
  const { operator, systemId } = callerOf(request)
  if (!operator)
    throw new HubError('FORBIDDEN', 'only operators use the administration calls', { details: { systemId } })
}
