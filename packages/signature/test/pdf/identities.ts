import type { Identity } from '@docaxis/pki/authority'
import { type TestAuthority, testAuthority } from '@docaxis/testkit'

export interface Signers {
  readonly authority: TestAuthority
  readonly official: Identity
  /** The agency that issues. */
  readonly agency: Identity
  /** Another one, which receives. */
  readonly receiver: Identity
}

export async function testSigners(): Promise<Signers> {
  const authority = await testAuthority()
  const seal = (name: string) =>
    authority.seal(name, { keyType: 'ec', subject: { commonName: name, organization: name, country: 'VN' } })
  const official = await authority.seal('H99', {
    keyType: 'ec',
    subject: { commonName: 'Trần Văn A', title: 'Chủ tịch', organization: 'UBND tỉnh H99', country: 'VN' },
  })
  return { authority, official, agency: await seal('UBND tỉnh H99'), receiver: await seal('Bộ G99') }
}
