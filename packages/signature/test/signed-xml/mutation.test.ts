import { noon, testAuthority } from '@docaxis/testkit'
import { expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import { signerWith } from './identities.ts'
import { exclusiveUri, signXml } from './signing.ts'

/** Every seventh bit position keeps it short; 7 and 8 share no factor, so every bit of a byte gets its turn. */
const stride = 7

const note = '<a xmlns="urn:a" b="1" Id="x"><c>Kính gửi</c><d/></a>'

it.each([
  { what: 'all of it enveloped', document: `<r>${note}<!--sign--></r>`, references: [{}] },
  {
    what: 'an Object of its own',
    document: '<!--sign-->',
    references: [{ uri: '#o', transforms: [exclusiveUri] }],
    objects: `<ds:Object Id="o">${note}</ds:Object>`,
  },
])('finds no document VALID in which one bit was turned: $what', async ({ document, references, objects }) => {
  const { key, certificate } = await signerWith('rsa', await testAuthority())
  const signed = signXml(document, { key, references, objects })
  const judge = (xml: Buffer) => verifySignedXml(xml, { certificates: [certificate], at: noon }).verdict
  const passed: string[] = []

  for (let bit = 0; bit < signed.length * 8; bit += stride) {
    const mutant = Buffer.from(signed)
    mutant[bit >> 3] = (mutant[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    if (judge(mutant) === 'VALID') passed.push(signed.subarray((bit >> 3) - 20, (bit >> 3) + 20).toString())
  }

  expect(judge(signed)).toBe('VALID')
  expect(passed).toEqual([])
})
