import { expect, it } from 'vitest'
import {
  DerError,
  DerReader,
  enterWhole,
  integerHex,
  readNamedBits,
  readOid,
  readTime,
  readWhole,
  tag,
} from '../src/der.ts'

const hex = (digits: string) => Buffer.from(digits.replace(/\s+/g, ''), 'hex')
const time = (kind: number, text: string) => ({ tag: kind, der: Buffer.alloc(0), content: Buffer.from(text) })

it.each([
  { fault: 'indefinite length', bytes: '30 80 00 00' },
  { fault: 'a long length where a short one fits', bytes: '30 81 01 00' },
  { fault: 'a length with a leading zero', bytes: '30 82 00 80' },
  { fault: 'a length of five octets', bytes: '30 85 01 00 00 00 00' },
  { fault: 'an end past the data', bytes: '30 05 02 01 01' },
  { fault: 'bytes behind it', bytes: '30 00 00' },
  { fault: 'a tag of several octets', bytes: '3f 81 00 00' },
  { fault: 'nothing at all', bytes: '' },
  { fault: 'a tag alone', bytes: '30' },
])('refuses an element with $fault', ({ bytes }) => {
  expect(() => readWhole(hex(bytes))).toThrow(DerError)
})

it('never reads past the frame it is in', () => {
  const inner = enterWhole(hex('30 03 02 02 01'), tag.sequence)

  expect(() => inner.next()).toThrow(DerError)
})

it('passes nesting of any depth without recursion', () => {
  const depth = 20_000
  let reader = new DerReader(Buffer.concat([Buffer.alloc(depth * 6, hex('30 84 7f ff ff ff')), hex('05 00')]))
  const step = () => {
    for (let level = 0; level < depth; level += 1) reader = reader.enter(tag.sequence)
  }

  expect(step).toThrow(DerError)
})

it.each([
  { digits: '00ff', as: 'ff' },
  { digits: 'ff', as: '-ff' },
  { digits: '0a', as: 'a' },
  { digits: '00', as: '0' },
])('writes the integer $digits as $as', ({ digits, as }) => {
  expect(integerHex(hex(digits))).toBe(as)
})

it.each(['0001', 'ffff', ''])('refuses the integer %s, not minimal', digits => {
  expect(() => integerHex(hex(digits))).toThrow(DerError)
})

it('reads object identifiers, large arcs too', () => {
  expect(readOid(hex('2a 86 48 86 f7 0d 01 01 0b'))).toBe('1.2.840.113549.1.1.11')
  expect(readOid(hex('88 37'))).toBe('2.999')
})

it.each(['80 01', '2a 86', ''])('refuses the object identifier %s', bytes => {
  expect(() => readOid(hex(bytes))).toThrow(DerError)
})

it('reads named bits and refuses stray ones', () => {
  expect([...readNamedBits(hex('05 a0'))]).toEqual([0, 2])
  expect(() => readNamedBits(hex('05 a1'))).toThrow(DerError)
})

it.each([
  { kind: tag.utcTime, text: '491231235959Z', as: '2049-12-31T23:59:59.000Z' },
  { kind: tag.utcTime, text: '500101000000Z', as: '1950-01-01T00:00:00.000Z' },
  { kind: tag.generalizedTime, text: '20500101000000Z', as: '2050-01-01T00:00:00.000Z' },
])('reads the time $text', ({ kind, text, as }) => {
  expect(readTime(time(kind, text)).toISOString()).toBe(as)
})

it.each([
  { kind: tag.utcTime, text: '4912312359Z' },
  { kind: tag.utcTime, text: '491231235959+0700' },
  { kind: tag.generalizedTime, text: '20500101000000.5Z' },
  { kind: tag.generalizedTime, text: '20500231000000Z' },
  { kind: tag.utcTime, text: '20500101000000Z' },
])('refuses the time $text', ({ kind, text }) => {
  expect(() => readTime(time(kind, text))).toThrow(DerError)
})
