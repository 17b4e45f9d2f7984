import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { DerError, parseCrl, writePem } from '../src/index.ts'

let authority: TestAuthority
let der: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  der = list(['0a', 'ff00', '1234'])
})

function list(serials: readonly string[]): Buffer {
  const revoked = serials.map(serial => ({ serial, at: noon, reason: 'certificateHold' as const }))
  return authority.crl({ thisUpdate: noon, nextUpdate: daysFromNoon(1), revoked, number: 41 })
}

it('finds entries by serial, whatever its leading zeros were', () => {
  const crl = parseCrl(der)

  expect(crl.find('a')).toEqual({ at: noon, reason: 'certificateHold' })
  expect(crl.find('ff00')).toBeDefined()
  expect(crl.find('1235')).toBeUndefined()
  expect(crl).toMatchObject({ size: 3, number: '41', thisUpdate: noon, nextUpdate: daysFromNoon(1) })
})

it('reads a PEM list like its DER', () => {
  expect(parseCrl(writePem(der, 'X509 CRL')).sha256).toBe(parseCrl(der).sha256)
})

it('holds 50,000 entries', () => {
  const serials = Array.from({ length: 50_000 }, (_, index) => (0x10_0000 + index).toString(16))

  const crl = parseCrl(list(serials))

  expect(crl.size).toBe(50_000)
  expect(serials.every(serial => crl.find(serial) !== undefined)).toBe(true)
})

it('refuses a list cut off anywhere', () => {
  for (let length = 0; length < der.length; length += 1) {
    expect(() => parseCrl(der.subarray(0, length))).toThrow(DerError)
  }
})

it('refuses bytes behind the list', () => {
  expect(() => parseCrl(Buffer.concat([der, Buffer.of(0)]))).toThrow(DerError)
})

it('refuses what is no list', () => {
  expect(() => parseCrl('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toThrow(DerError)
  expect(() => parseCrl(authority.certificate.der)).toThrow(DerError)
})
