import { itWithPrograms, noon, type PkitsCase, rebuiltPkits } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import { createTrust, parseCrl, validatePath } from '../src/index.ts'
import { opensslAccepts } from './judges/openssl-verify.ts'

const itWithOpenssl = itWithPrograms('openssl')
const cases = await rebuiltPkits()

function judge({ anchor, certificate, others, crls, policy }: PkitsCase): string {
  const trust = createTrust({ anchors: [anchor], crls: crls.map(parseCrl) })
  return validatePath({ certificate, intermediates: others.toReversed(), trust, at: noon, purpose: 'any', policy })
    .verdict
}

describe('NIST PKITS 4.8 to 4.16, made again', () => {
  it.each(cases)('answers $id $title: valid $valid', one => {
    expect(judge(one) === 'VALID').toBe(one.valid)
  })

  // 4.14.30: openssl follows no second list signer; PKITS and DESIGN.md say why it is valid.
  itWithOpenssl.each(cases.filter(({ id }) => id !== '4.14.30'))('agrees with openssl on $id $title', one => {
    const { anchor, certificate, others, crls, policy, valid } = one

    expect(opensslAccepts({ anchor, path: [certificate, ...others], at: noon, crls, policy })).toBe(valid)
  })
})
