import type { ChangeKind, Permissions } from './types.ts'

/** Kinds that never change what a page shows, nor who signed. */
const always: readonly ChangeKind[] = ['dss', 'document-timestamp', 'metadata', 'extensions']
/** What approval signatures leave open, and DocMDP with P 2 or 3. */
const filling: readonly ChangeKind[] = ['signature', 'signature-field', 'form-filling']

/** Whether a change of this kind is one that signatures before it leave open (V57); its own form is judged elsewhere. */
export function isPermitted({ profile, certified }: Permissions, kind: ChangeKind): boolean {
  if (always.includes(kind)) return true
  if (filling.includes(kind)) return certified !== 1
  return kind === 'number-and-date' && profile === 'vn-issued' && (certified === undefined || certified === 3)
}

/** Changes that leave the document what it was, yet are told with the verdict: it is not the file that was signed. */
export function isFlagged(kind: ChangeKind): boolean {
  return kind !== 'signature' && kind !== 'metadata'
}
