import { findVxpPacket, recordAudit, type VxpPacket } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import type { Gateway } from '../../gateway.ts'
import { readableAgencies } from '../../readable-agencies.ts'
import { VxpRefusal } from '../refusal.ts'
import type { ProvedCall } from '../vxp-state.ts'

type Find = (gateway: Gateway, proved: ProvedCall, docId: string) => Promise<VxpPacket | undefined>

const ownPacket: Find = ({ database }, { caller, settings }, docId) =>
  findVxpPacket(database, docId, caller.agencies, settings.rows)

/** What a closed agency had received is there to be read by whoever follows it, and by nobody to be changed. */
export const readablePacket: Find = async (gateway, proved, docId) => {
  const own = await ownPacket(gateway, proved, docId)
  if (own) return own
  const { inherited } = await readableAgencies(gateway.database, proved.caller)
  return inherited.length > 0 ? findVxpPacket(gateway.database, docId, inherited, proved.settings.rows) : undefined
}

/**
 * The packet that the call's `docId` names for the calling system.
 *
 * @param headers spellings in the order in which they count
 * @throws VxpRefusal 22: unknown, or somebody else's; nobody can tell which
 */
export async function findPacket(
  gateway: Gateway,
  request: FastifyRequest,
  proved: ProvedCall,
  headers: readonly string[],
  find: Find = ownPacket,
): Promise<VxpPacket> {
  const { call, caller } = proved
  const docId = call.parameter(...headers)
  if (docId === undefined) throw new VxpRefusal('header-missing', { header: headers[0] ?? 'docId' })
  const packet = isHubId(docId) ? await find(gateway, proved, docId) : undefined
  if (!packet) {
    await recordAudit(gateway.database, {
      actor: `system:${caller.systemId}`,
      action: 'access.deny',
      ...(isHubId(docId) && { object: docId }),
      outcome: 'not-found',
      details: { method: request.method, route: request.routeOptions.url },
    })
    throw new VxpRefusal('document-unknown')
  }
  Object.assign(request.logged, { deliveryId: packet.named, documentId: packet.documentId })
  return packet
}

export function isHubId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text)
}

export function closedPacket({ deliveries, named }: VxpPacket): VxpRefusal {
  const state = deliveries.find(({ id }) => id === named)?.state ?? 'withdrawn'
  return new VxpRefusal('document-closed', { state })
}
