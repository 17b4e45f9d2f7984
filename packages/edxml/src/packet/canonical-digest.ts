import { createHash, type Hash } from 'node:crypto'
import type { DigestAlgorithm } from '../reading.ts'
import type { ByteArena } from '../xml/byte-arena.ts'

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
 * The skeleton stays in memory, so it need not be hashed before something streams past it. The profile's Signature
 * stands before everything that does, and has named its digest by then. One that stands elsewhere is refused for its
 * place; SHA-256 runs along all the same.
 */
export class CanonicalDigest {
  readonly #skeleton: ByteArena
  #algorithm: DigestAlgorithm | undefined
  #running: Hash | undefined
  #cut: Cut | undefined
  /** Offset in the skeleton up to which everything was hashed or cut out. */
  #fed = 0
  #result: Buffer | undefined

  constructor(skeleton: ByteArena) {
    this.#skeleton = skeleton
  }

  /** The Signature has been read. @param algorithm what its SignedInfo asks for; undefined when that is none of ours */
  leaveOut(cut: Cut, algorithm: DigestAlgorithm | undefined): void {
    this.#cut = cut
    this.#algorithm ??= algorithm
  }

  /** Text that stands where the skeleton ends now, and is not kept in it. */
  stream(bytes: Buffer): void {
    this.#start('sha256').update(bytes)
  }

  /** Nothing more comes. What is known to be wanted is computed now, after which the skeleton may be gone. */
  end(): void {
    if (this.#algorithm !== undefined) this.#result = this.#start(this.#algorithm).digest()
  }

  /** Whether nothing will be asked of the skeleton any more. */
  get isComplete(): boolean {
    return this.#result !== undefined
  }

  /** @throws Error for an algorithm other than the one that SignedInfo named */
  of(algorithm: DigestAlgorithm): Buffer {
    if (this.#result === undefined) return this.#ofSkeleton(algorithm)
    if (algorithm === this.#algorithm) return this.#result
    throw new Error(`no ${algorithm} digest was computed`)
  }

  #ofSkeleton(algorithm: DigestAlgorithm): Buffer {
    const hash = createHash(algorithm)
    for (const part of this.#parts(0, this.#skeleton.length)) hash.update(part)
    return hash.digest()
  }

  /** The digest of everything up to here. @param unnamed algorithm where no Signature has named one */
  #start(unnamed: DigestAlgorithm): Hash {
    this.#algorithm ??= unnamed
    this.#running ??= createHash(this.#algorithm)
    for (const part of this.#parts(this.#fed, this.#skeleton.length)) this.#running.update(part)
    this.#fed = this.#skeleton.length
    return this.#running
  }

  #parts(from: number, to: number): Buffer[] {
    const { bytes } = this.#skeleton
    const cut = this.#cut
    if (cut === undefined || cut.end <= from || cut.start >= to) return from < to ? [bytes.subarray(from, to)] : []
    return [bytes.subarray(from, Math.max(from, cut.start)), bytes.subarray(Math.min(to, cut.end), to)]
  }
}
