import { expect, it } from 'vitest'
import { readBer } from '../../src/ber.ts'
import { DerError } from '../../src/der.ts'

const hex = (digits: string) => Buffer.from(digits.replace(/\s+/g, ''), 'hex')

it.each([
  { kind: 'DER as it is', ber: '30 03 02 01 05', der: '30 03 02 01 05' },
  { kind: 'indefinite lengths, one in another', ber: '30 80 30 80 02 01 05 00 00 00 00', der: '30 05 30 03 02 01 05' },
  { kind: 'an octet string in pieces', ber: '24 80 04 01 aa 24 03 04 01 bb 00 00', der: '04 02 aa bb' },
  { kind: 'lengths longer than they need be', ber: '30 82 00 04 02 81 01 05', der: '30 03 02 01 05' },
])('reads $kind', ({ ber, der }) => {
  const padded = Buffer.concat([hex(ber), Buffer.alloc(5)])

  expect(readBer(padded)).toEqual({ der: hex(der), length: hex(ber).length })
})

it('keeps the very bytes of what is DER already', () => {
  const bytes = hex('30 03 02 01 05')

  expect(readBer(bytes).der.buffer).toBe(bytes.buffer)
})

it.each([
  { fault: 'an end that never comes', ber: '30 80 02 01 05' },
  { fault: 'a primitive of indefinite length', ber: '04 80 00 00' },
  { fault: 'something else among the pieces of an octet string', ber: '24 80 02 01 05 00 00' },
  { fault: 'an end inside a definite length', ber: '30 02 00 00' },
  { fault: 'an indefinite part that leaves its frame', ber: '30 04 30 80 02 01 05 00 00' },
  { fault: 'a length of five octets', ber: '30 85 00 00 00 00 01 05' },
])('refuses $fault', ({ ber }) => {
  expect(() => readBer(hex(ber))).toThrow(DerError)
})

it('refuses nesting that no signature needs, without running out of stack', () => {
  expect(() => readBer(Buffer.alloc(2_000_000, hex('30 80')))).toThrow(DerError)
})
