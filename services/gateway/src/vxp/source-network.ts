import { isIP } from 'node:net'
import { createNetworks } from '../routes/networks.ts'

const loopback = createNetworks(['127.0.0.0/8', '::1'])

/** Where a call comes from, as the server sees it: forwarded headers count from trusted proxies only. */
export interface CallSource {
  readonly address: string
  /** The call came over TLS. */
  readonly secure: boolean
}

/** VXP signs neither the operation's name nor every body: plain HTTP is for this machine and for listed networks. */
export function mayCallFrom({ address, secure }: CallSource, networks: readonly string[]): boolean {
  return secure || loopback.has(address) || createNetworks(networks).has(address)
}

/** Whether this is an address, or a network in CIDR form. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
