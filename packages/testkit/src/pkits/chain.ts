import type { Certificate, Extension, PolicyQuestion } from '@docaxis/pki'
import { type Authority, createAuthority, type SubjectName } from '@docaxis/pki/authority'
import { daysFromNoon } from '../authority.ts'

/** One question of the suite: a path, the lists at hand, and what is right. */
export interface PkitsCase {
  /** Section and number in NIST PKITS; a letter tells the questions of one test apart. */
  readonly id: string
  readonly title: string
  readonly anchor: Certificate
  readonly certificate: Certificate
  /** Authorities and signers of lists, in the order they were made. */
  readonly others: readonly Certificate[]
  /** DER. */
  readonly crls: readonly Buffer[]
  readonly policy: PolicyQuestion
  readonly valid: boolean
}

/** What is asked of one path, beside what PKITS asks by default: any policy, none required. */
export interface Ask extends Partial<PolicyQuestion> {
  readonly valid: boolean
}

/** A certificate of a path: an authority, or the leaf when it stands last. */
export interface Link {
  readonly extensions: readonly Extension[]
  /** Named as the authority above, with a key of its own. */
  readonly selfIssued?: boolean
  readonly subject?: Partial<SubjectName>
}

/** Paths whose lists revoke nothing. */
export interface ChainCase {
  readonly id: string
  readonly title: string
  /** From the certificate below the anchor down to the leaf. */
  readonly chain: readonly Link[]
  readonly asks: readonly Ask[]
}

export const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
export const listTimes = { thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1) }

export function link(...extensions: readonly Extension[]): Link {
  return { extensions }
}

export function selfIssued(...extensions: readonly Extension[]): Link {
  return { extensions, selfIssued: true }
}

export function pkitsRoot(): Promise<Authority> {
  return createAuthority({ name: { organization: 'Test', commonName: 'Trust Anchor' }, keyType: 'ec', ...times })
}

/** Issues the path and writes an empty list of each authority, by the key that its name began with. */
export async function casesOfChain(root: Authority, { id, title, chain, asks }: ChainCase): Promise<PkitsCase[]> {
  let issuer = root
  let name: Partial<SubjectName> = {}
  const authorities: Authority[] = []
  const listSigners = [root]
  for (const [index, { extensions, selfIssued: isSame, subject }] of chain.slice(0, -1).entries()) {
    name = isSame ? name : (subject ?? { organization: 'Test', commonName: `${id} CA ${index}` })
    issuer = await issuer.issueAuthority({ name, keyType: 'ec', extensions, ...times })
    authorities.push(issuer)
    if (!isSame) listSigners.push(issuer)
  }
  const last = chain.at(-1) ?? link()
  const subject = last.selfIssued ? name : (last.subject ?? { organization: 'Test', commonName: `${id} EE` })
  const leaf = await issuer.issueIdentity({ ...leafWish, subject, extensions: last.extensions })
  const crls = listSigners.map(signer => signer.crl({ ...listTimes, number: 1, revoked: [] }))
  const others = authorities.map(({ certificate }) => certificate)
  const shared = { title, anchor: root.certificate, certificate: leaf.certificate, others, crls }
  return asks.map((ask, index) => ({ ...shared, id: questionId(id, index, asks.length), ...questionOf(ask) }))
}

export const leafWish = { keyType: 'ec', keyUsage: ['digitalSignature', 'nonRepudiation'], ...times } as const

function questionId(id: string, index: number, count: number): string {
  return count === 1 ? id : `${id}${String.fromCharCode(97 + index)}`
}

export const anyPolicyAllowed: PolicyQuestion = {
  initial: ['2.5.29.32.0'],
  explicit: false,
  inhibitMapping: false,
  inhibitAny: false,
}

function questionOf({ valid, ...policy }: Ask): Pick<PkitsCase, 'policy' | 'valid'> {
  return { policy: { ...anyPolicyAllowed, ...policy }, valid }
}
