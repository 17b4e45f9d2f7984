import { expect, it } from 'vitest'
import { isInside } from '../src/addresses.ts'

it.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001:0:4136:e378::',
  '2001:db8::1',
  'ff02::1',
  'fe80::1%eth0',
  'not an address',
])('calls %s inside', address => {
  expect(isInside(address)).toBe(true)
})

it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '203.162.0.11', '2a00:1450:4001::1', '2401:d800::1'])(
  'calls %s outside',
  address => {
    expect(isInside(address)).toBe(false)
  },
)
