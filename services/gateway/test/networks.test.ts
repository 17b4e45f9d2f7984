import { expect, it } from 'vitest'
import { createNetworks } from '../src/routes/networks.ts'

it.each([
  { items: ['*'], address: '203.0.113.9', has: true },
  { items: [], address: '127.0.0.1', has: false },
  { items: ['10.0.0.0/8'], address: '10.255.0.1', has: true },
  { items: ['10.0.0.0/8'], address: '11.0.0.1', has: false },
  // A socket that listens for both families names IPv4 clients so.
  { items: ['10.0.0.0/8'], address: '::ffff:10.0.0.1', has: true },
  { items: ['192.0.2.1'], address: '192.0.2.2', has: false },
  { items: ['fd00::/8'], address: 'fd12::1', has: true },
  { items: ['fd00::/8'], address: 'fe80::1', has: false },
])('$items holds $address: $has', ({ items, address, has }) => {
  expect(createNetworks(items).has(address)).toBe(has)
})
