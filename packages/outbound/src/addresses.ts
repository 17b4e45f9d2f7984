import { BlockList, isIP } from 'node:net'

/**
 * Networks of IPv4 that are not the public Internet: this host, private, shared, link-local with the metadata services of
 * clouds, documentation, benchmarks, multicast, reserved (IANA special-purpose registry, RFC 6890).
 */
const inside4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
])

/** Of IPv6 only global unicast counts as outside: no loopback, unique-local, link-local, mapped or translated IPv4. */
const global6 = blockList('ipv6', [['2000::', 3]])
/** Within it: Teredo and other protocol assignments, documentation, 6to4. They carry other addresses inside. */
const inside6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** Whether an address belongs to the inside, where a fetch named by a certificate has no business (V48). */
export function isInside(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return inside4.check(address, 'ipv4')
    case 6:
      return !global6.check(address, 'ipv6') || inside6.check(address, 'ipv6')
    default:
      return true
  }
}

function blockList(family: 'ipv4' | 'ipv6', networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family)
  return list
}
