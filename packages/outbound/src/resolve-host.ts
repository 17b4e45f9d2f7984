import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isInside } from './addresses.ts'
import { FetchFault } from './fetch-fault.ts'

export interface Address {
  readonly address: string
  readonly family: number
}

/** Looks a name up, every address of it. */
export type Resolve = (host: string) => Promise<readonly Address[]>

export const resolveByDns: Resolve = host => lookup(host, { all: true })

/**
 * Addresses to connect to, and no others: a name that leads inside at all is refused, unless an operator allowed it by
 * name. The answer is used as it is, so that a name cannot lead elsewhere a moment later.
 *
 * @throws FetchFault
 */
export async function outsideAddresses(
  hostname: string,
  { resolve, insideHosts }: { readonly resolve: Resolve; readonly insideHosts: readonly string[] },
): Promise<readonly Address[]> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolved(host, resolve)
  const inside = addresses.find(({ address }) => isInside(address))
  if (inside && !insideHosts.includes(host)) throw new FetchFault(`${host} leads to ${inside.address}, which is inside`)
  return addresses
}

async function resolved(host: string, resolve: Resolve): Promise<readonly Address[]> {
  try {
    const addresses = await resolve(host)
    if (addresses.length > 0) return addresses
  } catch (error) {
    throw new FetchFault(`${host} has no address`, error)
  }
  throw new FetchFault(`${host} has no address`)
}
