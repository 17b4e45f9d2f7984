import { createHash, type Hash } from 'node:crypto'
import type { HashName } from '@docaxis/pki'
import type { PdfFile } from '../reader/file.ts'
import { PdfFault } from '../reader/limits.ts'
import type { Coverage } from './coverage.ts'

export interface DigestWish {
  readonly coverage: Pick<Coverage, 'first' | 'second' | 'end'>
  readonly hash: HashName
}

const pieceBytes = 1024 * 1024
/** What comes after the gaps of all signatures together: so many times the file, and so much on top. */
const factor = 4
const freeBytes = 64 * 1024 * 1024

/**
 * Digests of the covered bytes, in the order asked for. The file is read once up to the last gap for each algorithm,
 * however many signatures there are: what is before a gap is common to all behind it.
 */
export async function digestsOf(
  file: PdfFile,
  wishes: readonly DigestWish[],
): Promise<ReadonlyMap<DigestWish, Buffer>> {
  const behind = wishes.reduce((sum, { coverage }) => sum + coverage.end - coverage.second, 0)
  if (behind > factor * file.size + freeBytes) throw new PdfFault('signatures cover too much together')
  const digests = new Map<DigestWish, Buffer>()
  for (const name of new Set(wishes.map(({ hash }) => hash))) {
    const base = createHash(name)
    let at = 0
    const group = wishes.filter(({ hash }) => hash === name)
    for (const wish of [...group].sort((one, other) => one.coverage.first - other.coverage.first)) {
      const { first, second, end } = wish.coverage
      await feed(file, base, at, first)
      at = first
      const own = base.copy()
      await feed(file, own, second, end)
      digests.set(wish, own.digest())
    }
  }
  return digests
}

async function feed(file: PdfFile, hash: Hash, start: number, end: number): Promise<void> {
  for (let at = start; at < end; at += pieceBytes) {
    const piece = await file.read(at, Math.min(pieceBytes, end - at))
    if (piece.length === 0) throw new PdfFault('the file became shorter')
    hash.update(piece)
  }
}
