import type { EnvelopeReading } from '@docaxis/edxml'
import type { SealVerdict } from '@docaxis/signature'
import { checkInChunks, readWhole } from '../fuzz/readers.ts'
import { below, pick, type Random, seeded } from '../random.ts'
import { type SigningBench, verdictOn } from '../signing-bench.ts'
import { type RegionOf, regionsOf } from './regions.ts'
import { specimen } from './specimen.ts'

export interface Flip {
  readonly offset: number
  readonly bit: number
  readonly region: string
  /** A few bytes around it, before and after. */
  readonly before: string
  readonly after: string
}

export interface FlipResult {
  readonly positions: number
  readonly sizeBytes: number
  /** Refusals by code: of the XML, of the seal, or of a rule. */
  readonly refused: Readonly<Record<string, number>>
  /** Accepted: model, digest, SignedInfo and signer are what they were. */
  readonly harmless: readonly Flip[]
  /** Accepted, and something else is said: never. */
  readonly harmful: readonly Flip[]
}

const chunkBytes = 4_096

/** Flips one bit at a time in a signed envelope of 100 KB: half of the places anywhere, half outside the attachment. */
export async function flips(positions: number, seed: number, bench: SigningBench): Promise<FlipResult> {
  const random = seeded(seed)
  const bytes = specimen(random, bench)
  const regionOf = regionsOf(bytes)
  const outside = Array.from(bytes.keys()).filter(offset => regionOf(offset) !== 'attachment')
  const original = await sayingOf(bytes, bench)
  if (original.refusal !== undefined) throw new Error(`the envelope is refused as it is: ${original.refusal}`)

  const refused: Record<string, number> = {}
  const harmless: Flip[] = []
  const harmful: Flip[] = []
  for (let index = 0; index < positions; index += 1) {
    const offset = index % 2 === 0 ? below(random, bytes.length) : pick(random, outside)
    const { flipped, flip } = flipAt(bytes, offset, random, regionOf)
    const saying = await sayingOf(flipped, bench)
    if (saying.refusal !== undefined) refused[saying.refusal] = (refused[saying.refusal] ?? 0) + 1
    else (saying.text === original.text ? harmless : harmful).push(flip)
  }
  return { positions, sizeBytes: bytes.length, refused, harmless, harmful }
}

function flipAt(bytes: Buffer, offset: number, random: Random, regionOf: RegionOf): { flipped: Buffer; flip: Flip } {
  const bit = below(random, 8)
  const flipped = Buffer.from(bytes)
  flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit)
  const around = (some: Buffer) => some.subarray(Math.max(0, offset - 12), offset + 12).toString()
  return { flipped, flip: { offset, bit, region: regionOf(offset), before: around(bytes), after: around(flipped) } }
}

/** Why the envelope is refused, and all that it says. */
interface Saying {
  readonly refusal?: string
  readonly text: string
}

async function sayingOf(bytes: Buffer, bench: SigningBench): Promise<Saying> {
  const reading = readWhole(bytes)
  const verdict = await verdictOn(reading, bench)
  const inChunks = await verdictOn(checkInChunks(bytes, everyChunk(bytes.length)), bench)
  if (verdict?.code !== inChunks?.code) return { text: 'read whole and in chunks the seal is another' }
  return { refusal: refusalOf(reading, verdict), text: JSON.stringify(contentOf(reading, verdict)) }
}

function refusalOf({ findings }: EnvelopeReading, verdict: SealVerdict | undefined): string | undefined {
  if (verdict !== undefined && verdict.verdict !== 'VALID') return verdict.code
  return findings.find(({ severity }) => severity === 'error')?.code
}

function contentOf(reading: EnvelopeReading, verdict: SealVerdict | undefined) {
  const { envelope, sameness, signature, findings } = reading
  return {
    envelope,
    sameness,
    findings: findings.map(({ code, path }) => `${code} ${path}`),
    digest: signature?.digest('sha256').toString('hex'),
    signedInfo: signature?.signedInfo.toString('latin1'),
    signer: verdict?.certificate?.sha256,
  }
}

function everyChunk(length: number): number[] {
  return Array.from({ length: Math.floor(length / chunkBytes) }, (_, index) => (index + 1) * chunkBytes)
}
