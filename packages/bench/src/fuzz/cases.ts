import { SigningError, signEnvelope } from '@docaxis/signature'
import { below, chance, pick, type Random, seeded, seedOf } from '../random.ts'
import type { SigningBench } from '../signing-bench.ts'
import { envelopeTree } from './envelope-tree.ts'
import { drawHand, writeDocumentTree } from './hand.ts'
import { textMutations } from './mutations/all.ts'
import { byteMutations } from './mutations/bytes.ts'
import { askOracle, type OracleAnswer } from './oracle.ts'
import { answerWhenFilled, fillBlanks } from './seal.ts'
import { type Blanks, drawBlanks, signatureTree } from './signature-tree.ts'
import { soup } from './soup.ts'

export interface FuzzCase {
  /** What was done to it, in order; the first word says what it was made of. */
  readonly kinds: readonly string[]
  readonly bytes: Buffer
  /** What the oracle says of `bytes`, where that is known already. */
  readonly answer?: OracleAnswer
}

/** How many signed documents are made once and changed again and again. */
const poolSize = 64

/**
 * Gives the case of any index. Seed and index fix every choice and every offset; only keys, and what is made with them,
 * differ from run to run.
 */
export function createCaseMaker(seed: number, bench: SigningBench): (index: number) => FuzzCase {
  const pool: Buffer[] = []
  const sealedFromPool = (random: Random): Buffer => {
    const number = below(random, poolSize)
    pool[number] ??= sealedCase(seeded(seedOf(seed, -1 - number)), 0, bench).bytes
    return pool[number]
  }
  return index => {
    const random = seeded(seedOf(seed, index))
    const draw = random()
    if (draw < 0.03) return signedByUs(random, bench)
    if (draw < 0.3) return sealedCase(random, pick(random, [0, 1, 1, 1, 2, 3]), bench)
    if (draw < 0.55) return changedText(random, sealedFromPool(random))
    if (draw < 0.75) return changedBytes(random, 'signed', sealedFromPool(random), 1 + below(random, 3))
    return changedBytes(random, 'soup', Buffer.from(soup(random)), chance(random, 0.2) ? 1 : 0)
  }
}

/** A document changed before it is signed: whatever both readers make of it, they must make the same. */
function sealedCase(random: Random, changes: number, bench: SigningBench): FuzzCase {
  const blanks = drawBlanks(random)
  const plain = writeDocumentTree(drawHand(random), envelopeTree(random, signatureTree(random, blanks)))
  const { text, kinds } = mutate(random, plain, changes)
  return { kinds: ['changed, then signed', ...kinds], ...seal(Buffer.from(text), blanks, bench) }
}

/** Our own signer has to make what the oracle makes; what it does not sign stays as it is. */
function signedByUs(random: Random, { seals }: SigningBench): FuzzCase {
  const plain = writeDocumentTree(drawHand(random), envelopeTree(random))
  const { text, kinds } = mutate(random, plain, below(random, 2))
  const bytes = Buffer.from(text)
  const { privateKey, certificate } = seals.ec
  try {
    const signed = signEnvelope(bytes, { privateKey, certificates: [certificate] })
    return { kinds: ['signed by us', ...kinds], bytes: signed }
  } catch (error) {
    if (!(error instanceof SigningError)) throw error
    return { kinds: ['not signed by us', ...kinds], bytes }
  }
}

function seal(unsigned: Buffer, blanks: Blanks, bench: SigningBench): Pick<FuzzCase, 'bytes' | 'answer'> {
  const answer = askOracle(unsigned)
  return { bytes: fillBlanks(unsigned, answer, blanks, bench), answer: answerWhenFilled(unsigned, answer, blanks) }
}

/** A signed document changed in its text: valid only where the canonical form stays. */
function changedText(random: Random, signed: Buffer): FuzzCase {
  const { text, kinds } = mutate(random, signed.toString(), pick(random, [1, 1, 1, 2, 3]))
  return { kinds: ['signed, then changed', ...kinds], bytes: Buffer.from(text) }
}

function changedBytes(random: Random, origin: string, bytes: Buffer, changes: number): FuzzCase {
  const chosen = Array.from({ length: changes }, () => pick(random, byteMutations))
  const changed = chosen.reduce((before, { apply }) => apply(random, before), bytes)
  return {
    kinds: [origin === 'soup' ? origin : 'signed, then broken', ...chosen.map(({ kind }) => kind)],
    bytes: changed,
  }
}

function mutate(random: Random, before: string, changes: number): { text: string; kinds: readonly string[] } {
  const chosen = Array.from({ length: changes }, () => pick(random, textMutations))
  const text = chosen.reduce((changed, { apply }) => apply(random, changed), before)
  return { text, kinds: chosen.map(({ kind }) => kind) }
}
