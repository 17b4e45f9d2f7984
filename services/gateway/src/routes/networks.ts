import { BlockList, isIPv6 } from 'node:net'

export interface Networks {
  has(address: string): boolean
}

/** @param items addresses, networks in CIDR form, or `*` for every address */
export function createNetworks(items: readonly string[]): Networks {
  if (items.includes('*')) return { has: () => true }
  const list = new BlockList()
  for (const item of items) {
    const [address = '', prefix] = item.split('/')
    if (prefix === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return { has: address => list.check(address, familyOf(address)) }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
