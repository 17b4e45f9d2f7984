import { daysFromNoon } from '@docaxis/testkit'
import {
  type Authority,
  createAuthority,
  type GeneralNameWish,
  pathExtensions,
  type SubjectName,
} from '../../src/authority/index.ts'
import type { Certificate, Extension, PolicyQuestion } from '../../src/index.ts'

/** A path that names and keys chain, and what is asked of it. */
export interface RandomPath {
  readonly anchor: Certificate
  /** Leaf first, the anchor not among them. */
  readonly path: readonly Certificate[]
  readonly policy: PolicyQuestion
}

export type Chance = () => number

/** Numbers from 0 to 1 that a seed repeats. */
export function chanceOf(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
const policies = ['1.2.3.1', '1.2.3.2', '1.2.3.3'] as const
const anyPolicy = '2.5.29.32.0'

/** Extensions of an authority, and of the leaf. */
type Dress = (chance: Chance, isLeaf: boolean) => readonly Extension[]

/** One random path below a new anchor. */
export async function randomPath(chance: Chance, dress: Dress): Promise<RandomPath> {
  const root = await createAuthority({ name: { organization: 'Root', commonName: 'Root' }, keyType: 'ec', ...times })
  const path: Certificate[] = []
  let issuer: Authority = root
  let name: SubjectName = { organization: 'Root', commonName: 'Root' }
  for (let depth = Math.floor(chance() * 4); depth > 0; depth -= 1) {
    // Sometimes an authority certifies another key of its own.
    if (chance() > 0.25) name = randomName(chance, `CA ${depth}`)
    issuer = await issuer.issueAuthority({ name, keyType: 'ec', extensions: dress(chance, false), ...times })
    path.unshift(issuer.certificate)
  }
  const subject = chance() > 0.1 ? randomName(chance, 'The leaf') : name
  const extensions = dress(chance, true)
  const leaf = await issuer.issueIdentity({
    subject,
    keyType: 'ec',
    extensions,
    keyUsage: ['digitalSignature'],
    ...times,
  })
  return { anchor: root.certificate, path: [leaf.certificate, ...path], policy: randomQuestion(chance) }
}

function randomName(chance: Chance, commonName: string): SubjectName {
  return {
    country: 'VN',
    organization: pick(chance, ['Blue', 'BLUE ', 'Red']),
    ...(chance() < 0.5 && { organizationalUnit: pick(chance, ['One', 'Two']) }),
    commonName,
    ...(chance() < 0.2 && { emailAddress: pick(chance, mails) }),
  }
}

function randomQuestion(chance: Chance): PolicyQuestion {
  return {
    initial: chance() < 0.4 ? [anyPolicy] : some(chance, policies, 0.5, 1),
    explicit: chance() < 0.5,
    inhibitMapping: chance() < 0.15,
    inhibitAny: chance() < 0.15,
  }
}

/** Policies of all kinds on every certificate. */
export const dressWithPolicies: Dress = (chance, isLeaf) => [
  ...(chance() < 0.9 ? [pathExtensions.policies(...some(chance, [...policies, 'any'], 0.5, 1))] : []),
  ...(!isLeaf && chance() < 0.4 ? [pathExtensions.policyMappings(...randomMappings(chance))] : []),
  ...(chance() < 0.25 ? [pathExtensions.policyConstraints(randomConstraints(chance))] : []),
  ...(!isLeaf && chance() < 0.25 ? [pathExtensions.inhibitAnyPolicy(Math.floor(chance() * 3))] : []),
]

function randomMappings(chance: Chance): (readonly [string, string])[] {
  const pairs = Array.from(
    { length: 1 + Math.floor(chance() * 3) },
    () => `${pick(chance, policies)} ${pick(chance, policies)}`,
  )
  return [...new Set(pairs)].map(pair => pair.split(' ') as [string, string])
}

function randomConstraints(chance: Chance): { explicit?: number; mapping?: number } {
  const skip = () => Math.floor(chance() * 3)
  return chance() < 0.5
    ? { explicit: skip() }
    : chance() < 0.5
      ? { mapping: skip() }
      : { explicit: skip(), mapping: skip() }
}

const mails = ['a@mail.example.vn', 'A@mail.example.vn', 'b@Example.vn', 'c@example.com'] as const
const names: readonly GeneralNameWish[] = [
  ...mails.map(mail => ({ mail })),
  { dns: 'example.vn' },
  { dns: 'www.Example.vn' },
  { dns: 'example.com' },
  { dns: 'notexample.vn' },
  { uri: 'https://www.example.vn/a' },
  { uri: 'https://example.vn:8443/' },
  { uri: 'http://example.com/?q=.example.vn' },
  { address: 'c0000201' },
  { address: 'c6336401' },
  { address: '20010db8000000000000000000000001' },
  { directory: { country: 'VN', organization: 'Blue', commonName: 'Other' } },
  { directory: { country: 'VN', organization: 'Red' } },
]
const bases: readonly GeneralNameWish[] = [
  { mail: 'a@mail.example.vn' },
  { mail: 'mail.example.vn' },
  { mail: '.example.vn' },
  { dns: 'example.vn' },
  { dns: 'www.example.vn' },
  { uri: 'www.example.vn' },
  { uri: '.example.vn' },
  { address: 'c0000200ffffff00' },
  { address: '20010db8000000000000000000000000ffffffff000000000000000000000000' },
  { directory: { country: 'VN' } },
  { directory: { country: 'VN', organization: 'blue' } },
  { directory: { country: 'VN', organization: 'Blue', organizationalUnit: 'One' } },
]

/** Name constraints on authorities, names of all kinds on everybody. */
export const dressWithNames: Dress = (chance, isLeaf) => [
  ...(chance() < 0.7 ? [pathExtensions.alternativeNames(...some(chance, names, 0.12, 1))] : []),
  ...(!isLeaf && chance() < 0.7 ? [pathExtensions.nameConstraints(randomLimits(chance))] : []),
]

function randomLimits(chance: Chance) {
  const permitted = some(chance, bases, 0.3, 1)
  const excluded = some(chance, bases, 0.08, 1)
  const kind = chance()
  return kind < 0.6 ? { permitted } : kind < 0.8 ? { excluded } : { permitted, excluded }
}

function pick<T>(chance: Chance, items: readonly T[]): T {
  const item = items[Math.floor(chance() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** Each item with this probability, and at least so many. */
function some<T>(chance: Chance, items: readonly T[], probability: number, least: number): T[] {
  const chosen = items.filter(() => chance() < probability)
  while (chosen.length < least) chosen.push(pick(chance, items))
  return chosen
}
