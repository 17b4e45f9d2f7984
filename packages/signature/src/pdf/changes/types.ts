/** What a later revision did, in words that people are told. */
export type ChangeKind =
  | 'dss'
  | 'document-timestamp'
  | 'signature'
  | 'signature-field'
  | 'form-filling'
  | 'number-and-date'
  | 'metadata'
  | 'extensions'
  | 'annotation'
  | 'overlay'
  | 'page-content'
  | 'page-resources'
  | 'page-tree'
  | 'catalog'
  | 'optional-content'
  | 'active-content'
  | 'form-structure'
  | 'locked-field'
  | 'signature-changed'
  | 'hidden-object'
  | 'trailer'

/** One thing that a later revision changed. */
export interface Change {
  readonly kind: ChangeKind
  readonly allowed: boolean
  /** Where: `Root/Pages/Kids/0/Contents`. */
  readonly path: string
  /** Index of the revision that did it; the oldest is 0. */
  readonly revision: number
  readonly detail: string
}

export type PdfProfile = 'generic' | 'vn-issued'

/** What signatures before a revision permit in it (ISO 32000-2 sections 12.8.2.2 and 12.8.2.4). */
export interface Permissions {
  readonly profile: PdfProfile
  /** P of the strictest DocMDP: 1 nothing, 2 form filling and signing, 3 annotations as well; absent: not certified. */
  readonly certified?: 1 | 2 | 3
  readonly locks: readonly FieldLock[]
}

export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude'
  /** Full names; a name stands for the fields below it too. */
  readonly fields: readonly string[]
}

export function isLocked(locks: readonly FieldLock[], name: string): boolean {
  const names = ({ fields }: FieldLock) => fields.some(field => name === field || name.startsWith(`${field}.`))
  return locks.some(lock => lock.action === 'All' || names(lock) === (lock.action === 'Include'))
}
