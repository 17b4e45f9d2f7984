import type { Identity } from '@docaxis/pki/authority'
import { envelopeXml, sealedEnvelope, signerOf, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { signEnvelope } from '../src/index.ts'
import { edit } from './sealing.ts'

let rsa: Identity
let sealed: Buffer

beforeAll(async () => {
  rsa = await (await testAuthority()).seal('G99')
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, rsa)
})

it('seals what it is given and nothing else', () => {
  const packet = envelopeXml({ sender: 'G99', receivers: ['H99'] })

  const result = signEnvelope(packet, signerOf(rsa)).toString()

  expect(result.replace(/<Signature xmlns.*<\/Signature>/, '')).toBe(packet.toString())
})

it.each([
  { what: 'a packet that is signed already', xml: () => sealed },
  { what: 'another document', xml: () => Buffer.from('<note/>') },
  { what: 'a packet with a DOCTYPE', xml: () => edit(sealed, '<edXML xmlns', '<!DOCTYPE edXML><edXML xmlns') },
  { what: 'text', xml: () => Buffer.from('edXML') },
])('does not seal $what', ({ xml }) => {
  expect(() => signEnvelope(xml(), signerOf(rsa))).toThrow(expect.objectContaining({ name: 'SigningError' }))
})
