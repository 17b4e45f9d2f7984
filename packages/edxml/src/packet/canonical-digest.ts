import { createHash, type Hash } from 'node:crypto'
import type { DigestAlgorithm } from '../reading.ts'
import type { ByteArena } from '../xml/byte-arena.ts'

const algorithms: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512']

/** A stretch of the skeleton that is no part of the digest. */
export interface Cut {
  readonly start: number
  readonly end: number
}

/**
 * Digest of a canonical packet without its Signature, while most of the packet streams past: what Reference URI="" with
 * the two transforms of the profile covers. Taking a subtree out changes nothing outside it, since the name spaces of an
 * element of an exclusive canonical form depend on its ancestors alone.
 *
 * The skeleton stays in memory, so it need not be hashed before something streams past. The profile's Signature stands
 * before everything that does; where it does not, all three algorithms run along and the choice is made at the end.
 */
export class CanonicalDigest {
  readonly #skeleton: ByteArena
  #running: ReadonlyMap<DigestAlgorithm, Hash> | undefined
  #only: DigestAlgorithm | undefined
  #cut: Cut | undefined
  /** Offset in the skeleton up to which everything was hashed or cut out. */
  #fed = 0
  #results: ReadonlyMap<DigestAlgorithm, Buffer> | undefined

  constructor(skeleton: ByteArena) {
    this.#skeleton = skeleton
  }

  /** The Signature has been read. @param algorithm what its SignedInfo asks for; undefined when that is none of ours */
  leaveOut(cut: Cut, algorithm: DigestAlgorithm | undefined): void {
    this.#cut = cut
    this.#only ??= algorithm
  }

  /** Text that stands where the skeleton ends now, and is not kept in it. */
  stream(bytes: Buffer): void {
    this.#running ??= start(this.#only === undefined ? algorithms : [this.#only])
    this.#feed(this.#skeleton.length)
    for (const hash of this.#running.values()) hash.update(bytes)
  }

  /** Nothing more comes. What is known to be wanted is computed now, after which the skeleton may be gone. */
  end(): void {
    if (this.#running === undefined && this.#only === undefined) return
    this.#running ??= start(this.#only === undefined ? algorithms : [this.#only])
    this.#feed(this.#skeleton.length)
    this.#results = new Map(Array.from(this.#running, ([name, hash]) => [name, hash.digest()] as const))
  }

  /** Whether nothing will be asked of the skeleton any more. */
  get isComplete(): boolean {
    return this.#results !== undefined
  }

  /** @throws Error for an algorithm other than the one that SignedInfo named */
  of(algorithm: DigestAlgorithm): Buffer {
    if (this.#results === undefined) return this.#ofSkeleton(algorithm)
    const result = this.#results.get(algorithm)
    if (result === undefined) throw new Error(`no ${algorithm} digest was computed`)
    return result
  }

  #ofSkeleton(algorithm: DigestAlgorithm): Buffer {
    const hash = createHash(algorithm)
    for (const part of this.#parts(0, this.#skeleton.length)) hash.update(part)
    return hash.digest()
  }

  #feed(to: number): void {
    for (const part of this.#parts(this.#fed, to)) for (const hash of this.#running?.values() ?? []) hash.update(part)
    this.#fed = to
  }

  #parts(from: number, to: number): Buffer[] {
    const { bytes } = this.#skeleton
    const cut = this.#cut
    if (cut === undefined || cut.end <= from || cut.start >= to) return from < to ? [bytes.subarray(from, to)] : []
    return [bytes.subarray(from, Math.max(from, cut.start)), bytes.subarray(Math.min(to, cut.end), to)]
  }
}

function start(names: readonly DigestAlgorithm[]): ReadonlyMap<DigestAlgorithm, Hash> {
  return new Map(names.map(name => [name, createHash(name)] as const))
}
