/** How a part of a document is written so that equal parts give equal bytes. Comments are in none of the forms. */
export type CanonicalMethod =
  | {
      readonly form: 'exclusive'
      /** PrefixList of InclusiveNamespaces, `#default` as ''; empty without that parameter. */
      readonly prefixes: readonly string[]
    }
  | { readonly form: 'inclusive-1.0' | 'inclusive-1.1' }

/** Why a part has no canonical form that we write. */
export class CanonicalFormError extends Error {
  readonly reason: 'relative-namespace' | 'too-large'

  constructor(reason: 'relative-namespace' | 'too-large', message: string) {
    super(message)
    this.name = 'CanonicalFormError'
    this.reason = reason
  }
}
