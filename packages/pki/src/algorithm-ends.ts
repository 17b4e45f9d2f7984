import { type Fault, type HashName, readAlgorithm, rsaModulusBits } from './algorithms.ts'
import { readable } from './readable.ts'
import type { Certificate } from './types.ts'

/** What ends by itself: digests, ways of signing, and keys by their size. A key of RSA counts under the largest below it. */
export const algorithmNames = [
  'sha256',
  'sha384',
  'sha512',
  'rsa-pkcs1',
  'rsa-pss',
  'ecdsa',
  'ed25519',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'p-256',
  'p-384',
  'p-521',
] as const

export type AlgorithmName = (typeof algorithmNames)[number]

/** The first moment at which each no longer counts (V21); for those that are missing nobody asks. */
export type AlgorithmEnds = Readonly<Partial<Record<AlgorithmName, Date>>>

const from2031 = new Date('2031-01-01T00:00:00Z')
const from2036 = new Date('2036-01-01T00:00:00Z')

/**
 * Without configuration. 112 bits of strength protect nothing new after 2030 (NIST SP 800-57 part 1 revision 5, table 4);
 * for the rest nobody looks further than 2035, when RSA and elliptic curves of any size are to be gone (NIST IR 8547,
 * draft of 2024). ETSI TS 119 312 names no year that is later.
 */
export const defaultAlgorithmEnds: Readonly<Record<AlgorithmName, Date>> = {
  ...(Object.fromEntries(algorithmNames.map(name => [name, from2036])) as Record<AlgorithmName, Date>),
  'rsa-2048': from2031,
}

const keyNames: ReadonlySet<AlgorithmName> = new Set(['rsa-2048', 'rsa-3072', 'rsa-4096', 'p-256', 'p-384', 'p-521'])
const dayMs = 86_400_000

/** Why something made with these no longer counts at a moment (V21); undefined: all of them still do. */
export function endedFault(names: readonly AlgorithmName[], at: Date, ends: AlgorithmEnds): Fault | undefined {
  for (const name of names) {
    const end = ends[name]
    if (end === undefined || end > at) continue
    const code = keyNames.has(name) ? 'KEY_TOO_WEAK' : 'ALGORITHM_NOT_ALLOWED'
    return { code, rule: 'V21', detail: `${name} counts up to ${lastDayOf(end)}, judged at ${at.toISOString()}` }
  }
  return undefined
}

/** The last day, in UTC, on which it counts: `2030-12-31`. */
export function lastDayOf(end: Date): string {
  return new Date(end.getTime() - dayMs).toISOString().slice(0, 10)
}

/** The end that a last day means; undefined for text that is no day of the calendar. */
export function endAfter(lastDay: string): Date | undefined {
  const day = new Date(`${lastDay}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === lastDay
  return isDay ? new Date(day.getTime() + dayMs) : undefined
}

const keys = new WeakMap<Certificate, readonly AlgorithmName[]>()
const curveNames: Readonly<Record<string, AlgorithmName>> = {
  '1.2.840.10045.3.1.7': 'p-256',
  '1.3.132.0.34': 'p-384',
  '1.3.132.0.35': 'p-521',
}

/** What the key of a certificate counts under; none for keys that are refused anyhow (V17). */
export function algorithmsOfKey(certificate: Certificate): readonly AlgorithmName[] {
  const known = keys.get(certificate) ?? readable(() => findKey(certificate)) ?? []
  keys.set(certificate, known)
  return known
}

function findKey(certificate: Certificate): readonly AlgorithmName[] {
  const { namedCurve = '', keyAlgorithm } = certificate
  const curve = curveNames[namedCurve]
  if (curve) return [curve]
  if (keyAlgorithm === '1.3.101.112') return ['ed25519']
  const bits = rsaModulusBits(certificate)
  if (bits === undefined) return []
  return [bits >= 4096 ? 'rsa-4096' : bits >= 3072 ? 'rsa-3072' : 'rsa-2048']
}

/** What a signature was made with: its algorithm, its digest, the key. */
export function algorithmsOf(identifier: Buffer, signer: Certificate): readonly AlgorithmName[] {
  const algorithm = readable(() => readAlgorithm(identifier))
  if (algorithm === undefined || typeof algorithm === 'string') return []
  const { family, hash, saltLength } = algorithm
  return [...wayOf(family, saltLength), ...digestOf(hash), ...algorithmsOfKey(signer)]
}

function wayOf(family: 'rsa' | 'ec' | 'ed25519', saltLength: number | undefined): readonly AlgorithmName[] {
  switch (family) {
    case 'rsa':
      return [saltLength === undefined ? 'rsa-pkcs1' : 'rsa-pss']
    case 'ec':
      return ['ecdsa']
    case 'ed25519':
      return ['ed25519']
  }
}

function digestOf(hash: HashName | undefined): readonly AlgorithmName[] {
  return hash === undefined ? [] : [hash]
}
