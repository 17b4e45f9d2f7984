import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvidencePiece } from '@docaxis/signature'
import type { EvidenceView } from '../../answers.ts'
import { envelopeFile, evidenceFile, verdictsFile } from '../commands/document-evidence.ts'

export interface EvidenceFolder {
  readonly verdicts: EvidenceView
  readonly pieces: readonly EvidencePiece[]
  /** Path of the envelope. */
  readonly envelope: string
}

/**
 * Reads what `document evidence` saved. A piece that is not what its hash says, or is gone, is as good as absent: the
 * verdict that rests on it cannot be repeated then.
 *
 * @throws a file error when the verdicts cannot be read
 */
export async function readEvidenceFolder(folder: string, envelope?: string): Promise<EvidenceFolder> {
  const verdicts = JSON.parse(await readFile(join(folder, verdictsFile), 'utf8')) as EvidenceView
  const pieces = await Promise.all(verdicts.items.map(item => readPiece(folder, item)))
  return {
    verdicts,
    pieces: pieces.filter(piece => piece !== undefined),
    envelope: envelope ?? join(folder, envelopeFile),
  }
}

async function readPiece(folder: string, item: EvidenceView['items'][number]): Promise<EvidencePiece | undefined> {
  try {
    const der = await readFile(join(folder, evidenceFile(item)))
    const { sha256, kind } = item
    return createHash('sha256').update(der).digest('hex') === sha256 ? { sha256, kind, der } : undefined
  } catch {
    return undefined
  }
}
