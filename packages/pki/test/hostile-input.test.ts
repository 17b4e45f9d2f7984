import { createHash } from 'node:crypto'
import { noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { writeCms, writeOcspResponse, writeTimeStampResponse } from '../src/authority/index.ts'
import {
  certIdsOf,
  createTrust,
  DerError,
  ocspStatus,
  parseOcspResponse,
  parseSignedData,
  parseTimeStampResponse,
  parseTimeStampToken,
  verifySigner,
  verifyTimeStamp,
} from '../src/index.ts'

type Reader = (bytes: Buffer) => unknown

const content = Buffer.from('Tờ trình\n')
const digest = (hash: string) => createHash(hash).update(content).digest()
let authority: TestAuthority
/** A good object of each kind, and what is done to whatever is made of it. */
let kinds: { good: Buffer; read: Reader; meaning: (bytes: Buffer) => unknown }[]

beforeAll(async () => {
  authority = await testAuthority()
  const signer = await authority.seal('A01', { keyType: 'ec' })
  const responder = await authority.ocspSigner()
  const unit = await authority.timeStamper()
  const trust = createTrust({ anchors: [authority.certificate], crls: [authority.list()] })
  const certificate = signer.certificate
  const answers = certIdsOf(certificate, authority.certificate).map(certId => ({
    certId,
    status: { is: 'good' } as const,
    thisUpdate: noon,
    nextUpdate: noon,
  }))
  const request = { hashAlgorithm: '2.16.840.1.101.3.4.2.1', imprint: digest('sha256'), wantsCertificate: true }
  kinds = [
    {
      good: writeCms({ content, certificate, privateKey: signer.privateKey, crls: [authority.list().der] }),
      read: parseSignedData,
      meaning: bytes => {
        const signed = parseSignedData(bytes)
        const verdicts = signed.signers.map(one => verifySigner({ signed, signer: one, digest }))
        return verdicts.find(({ verdict }) => verdict === 'VALID')?.certificate?.publicKeyDer.toString('hex')
      },
    },
    {
      good: writeOcspResponse({ answers, producedAt: noon, signer: responder }),
      read: parseOcspResponse,
      meaning: bytes => {
        const asked = { certificate, issuer: authority.certificate, trust, at: noon }
        const status = ocspStatus({ response: parseOcspResponse(bytes), ...asked })
        return status.is === 'good' ? status.responder.publicKeyDer.toString('hex') : undefined
      },
    },
    {
      good: writeTimeStampResponse({ request, genTime: noon, signer: unit }),
      read: parseTimeStampResponse,
      meaning: bytes => {
        const { token: der = Buffer.alloc(0) } = parseTimeStampResponse(bytes)
        const token = parseTimeStampToken(der)
        const { verdict } = verifyTimeStamp({ token, imprintOf: digest, trust, at: noon })
        return verdict === 'VALID' ? token.genTime.toISOString() : undefined
      },
    },
  ]
})

/** Mulberry32: the same bytes in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const changes: readonly ((bytes: Buffer, random: (below: number) => number) => Buffer)[] = [
  (bytes, random) => bytes.fill(random(256), random(bytes.length), random(bytes.length)),
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, random) => {
    bytes[random(bytes.length)] = random(256)
    return bytes
  },
  (bytes, random) => {
    const [from, to] = [random(bytes.length), random(bytes.length)]
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  (bytes, random) => {
    // Lengths are where readers go wrong.
    const at = random(bytes.length - 4)
    bytes.writeUInt32BE(0x80000000 + random(0x7fffffff), at)
    return bytes
  },
]

function attempt(read: Reader, bytes: Buffer): unknown {
  try {
    return read(bytes)
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

it.each([
  { kind: 'CMS', index: 0 },
  { kind: 'an OCSP response', index: 1 },
  { kind: 'a time stamp', index: 2 },
])('refuses or means the same after any of 3,000 changes of $kind, and never breaks', ({ index }) => {
  const one = kinds[index]
  if (!one) throw new Error('no such kind')
  const meaning = one.meaning(one.good)
  const random = randomFrom(20_300_115 + index)

  expect(meaning).toBeDefined()
  for (let round = 0; round < 3_000; round += 1) {
    let mutant = Buffer.from(one.good)
    for (let times = 1 + random(3); times > 0 && mutant.length > 8; times -= 1) {
      mutant = changes[random(changes.length)]?.(mutant, random) as Buffer<ArrayBuffer>
    }
    expect([undefined, meaning]).toContain(attempt(one.meaning, mutant))
  }
})

const repeated = (unit: string, bytes: number) => Buffer.alloc(bytes, Buffer.from(unit, 'hex'))
const framed = (inner: Buffer) => {
  const header = Buffer.from('308400000000', 'hex')
  header.writeUInt32BE(inner.length, 2)
  return Buffer.concat([header, inner])
}

it.each([
  { input: 'nothing', bytes: () => Buffer.alloc(0) },
  { input: 'endless indefinite lengths', bytes: () => repeated('3080', 4_000_000) },
  { input: 'endless sets', bytes: () => repeated('31840fffffff', 4_000_000) },
  { input: 'millions of empty sequences', bytes: () => framed(repeated('3000', 4_000_000)) },
  { input: 'millions of ends', bytes: () => framed(repeated('0000', 4_000_000)) },
  { input: 'a text', bytes: () => repeated('41', 4_000_000) },
])('refuses $input in every reader', ({ bytes }) => {
  for (const { read } of kinds) expect(attempt(read, bytes())).toBeUndefined()
})
