import { isIP } from 'node:net'
import { isInside } from './addresses.ts'
import { FetchFault } from './fetch-fault.ts'

/** What operators allow by name. */
export interface AddressRules {
  /** Hosts that may be called although their address is one of the inside. */
  readonly insideHosts: readonly string[]
  /** Hosts that may be called over plain http. */
  readonly plainHosts: readonly string[]
}

/**
 * An address that may be called: https, no user or password in it, no address of the inside. Where a name leads is known
 * only when it is called.
 *
 * @throws FetchFault
 */
export function webhookAddress(text: string, { insideHosts, plainHosts }: AddressRules): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  if (!url || !(url.protocol === 'https:' || url.protocol === 'http:')) {
    throw new FetchFault('the address must begin with https://')
  }
  if (url.username !== '' || url.password !== '') throw new FetchFault('the address carries a password')
  if (url.protocol === 'http:' && !plainHosts.includes(host)) {
    throw new FetchFault(`${host} may be called over https only`)
  }
  if (isIP(host) !== 0 && isInside(host) && !insideHosts.includes(host)) throw new FetchFault(`${host} is inside`)
  return url
}
