import { daysFromNoon, noon } from '@docaxis/testkit'
import { type Authority, type AuthorityWish, type CertificateWish, createAuthority } from '../src/authority/index.ts'
import { createTrust, type Extension, type PathQuestion, type PathResult, validatePath } from '../src/index.ts'

export const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }

export function rootAuthority(): Promise<Authority> {
  return createAuthority({ name: 'Root', keyType: 'ec', ...times })
}

export function authorityBelow(issuer: Authority, changes: Partial<AuthorityWish>): Promise<Authority> {
  return issuer.issueAuthority({ name: 'CA', keyType: 'ec', ...times, ...changes })
}

/** Extensions of the authorities below a root, top first, and of the leaf. */
export type Chain = readonly (readonly Extension[])[]

/** Issues such a chain and judges it, revocation apart. */
export async function judgeChain(
  root: Authority,
  chain: Chain,
  question: Partial<PathQuestion> = {},
  leafWish: Partial<CertificateWish> = {},
): Promise<PathResult> {
  const authorities = [root]
  for (const [index, extensions] of chain.slice(0, -1).entries()) {
    authorities.unshift(await authorityBelow(authorities[0] ?? root, { name: `CA ${index}`, extensions }))
  }
  const [issuer = root] = authorities
  const subject = { commonName: 'Leaf' }
  const extensions = chain.at(-1) ?? []
  const wish = { subject, keyType: 'ec', keyUsage: ['digitalSignature'], extensions, ...times } as const
  const { certificate } = await issuer.issueIdentity({ ...wish, ...leafWish })
  const intermediates = authorities.map(authority => authority.certificate)
  const trust = createTrust({ anchors: [root.certificate], crls: [] })
  return validatePath({ certificate, intermediates, trust, at: noon, purpose: 'any', revocation: 'none', ...question })
}
