import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { isFixedLengthSignature } from '../src/ecdsa.ts'

const curves = [
  { name: 'P-256', oid: '1.2.840.10045.3.1.7', bytes: 32 },
  { name: 'P-384', oid: '1.3.132.0.34', bytes: 48 },
  { name: 'P-521', oid: '1.3.132.0.35', bytes: 66 },
]

it.each(curves)(
  'takes what a key of $name signs, and no zero, no excess and no other length',
  ({ name, oid, bytes }) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: name })
    const signed = sign('sha256', Buffer.from('text'), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const withR = (r: Buffer) => Buffer.concat([r, signed.subarray(bytes)])

    expect(isFixedLengthSignature(signed, oid)).toBe(true)
    expect(isFixedLengthSignature(withR(Buffer.alloc(bytes)), oid)).toBe(false)
    expect(isFixedLengthSignature(withR(Buffer.alloc(bytes, 0xff)), oid)).toBe(false)
    expect(isFixedLengthSignature(Buffer.concat([Buffer.alloc(1), signed]), oid)).toBe(false)
  },
)
