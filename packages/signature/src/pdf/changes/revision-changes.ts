import type { PdfDocument } from '../reader/document.ts'
import { isFlagged } from './permitted.ts'
import { rules } from './rules.ts'
import { strayChanges } from './stray-objects.ts'
import type { Change, PdfProfile, Permissions } from './types.ts'
import { compareViews } from './walk.ts'

/** What this needs to know of a signature that covers the file up to a revision. */
export interface SignedState {
  readonly revision: number
  readonly certifies?: 1 | 2 | 3
  readonly locks: Permissions['locks']
}

/**
 * What each revision after the first signed one changed of the one before (V57), by index of the revision. Step by step:
 * what one revision hides and the next puts back is told twice, not never.
 */
export async function revisionChanges(
  document: PdfDocument,
  signed: readonly SignedState[],
  profile: PdfProfile,
): Promise<ReadonlyMap<number, readonly Change[]>> {
  const changes = new Map<number, readonly Change[]>()
  const first = Math.min(...signed.map(({ revision }) => revision))
  for (let index = first + 1; index < document.revisions.length; index += 1) {
    const permissions = permissionsBefore(index, signed, profile)
    const views = { before: document.view(index - 1), after: document.view(index) }
    const found = await compareViews({ file: document.file, permissions, ...views }, rules)
    changes.set(index, [...found, ...(await strayChanges(document, index))])
  }
  return changes
}

function permissionsBefore(index: number, signed: readonly SignedState[], profile: PdfProfile): Permissions {
  const before = signed.filter(({ revision }) => revision < index)
  const levels = before.flatMap(({ certifies }) => certifies ?? [])
  const [certified] = levels.sort()
  return { profile, locks: before.flatMap(({ locks }) => locks), ...(certified !== undefined && { certified }) }
}

/** Something was allowed, yet has to be told with the verdict. */
export function isToldChange({ allowed, kind }: Change): boolean {
  return allowed && isFlagged(kind)
}
