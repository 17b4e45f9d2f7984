import { createHash, type Hash } from 'node:crypto'
import { CanonicalFormError } from './canonical-method.ts'

/** Where a canonical form goes, and how many bytes of it may still come. One budget may serve several forms. */
export interface CanonicalBudget {
  remainingBytes: number
}

/** Takes a canonical form piece by piece, one character per byte, and hands it on in larger ones. */
export class CanonicalSink {
  readonly #take: (latin1: string) => void
  readonly #budget: CanonicalBudget
  #held = ''

  constructor(budget: CanonicalBudget, take: (latin1: string) => void) {
    this.#budget = budget
    this.#take = take
  }

  write(latin1: string): void {
    this.#budget.remainingBytes -= latin1.length
    // Name spaces are repeated where they are used: a small document could become gigabytes.
    if (this.#budget.remainingBytes < 0) throw new CanonicalFormError('too-large', 'the canonical form grows too large')
    if (latin1.length >= pieceBytes) {
      this.flush()
      for (let at = 0; at < latin1.length; at += pieceBytes) this.#take(latin1.slice(at, at + pieceBytes))
      return
    }
    this.#held += latin1
    if (this.#held.length >= pieceBytes) this.flush()
  }

  flush(): void {
    if (this.#held !== '') this.#take(this.#held)
    this.#held = ''
  }
}

const pieceBytes = 256 * 1024

export function hashingSink(algorithm: string, budget: CanonicalBudget): { sink: CanonicalSink; hash: Hash } {
  const hash = createHash(algorithm)
  return { hash, sink: new CanonicalSink(budget, piece => hash.update(piece, 'latin1')) }
}
