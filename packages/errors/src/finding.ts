/** A sentence in both languages of the hub. */
export interface Bilingual {
  readonly vi: string
  readonly en: string
}

/** `error` refuses the envelope, `warning` is recorded with it. */
export type Severity = 'error' | 'warning'

/**
 * One fault of an envelope, as the sender reads it.
 *
 * `code` is a path code of the error vocabulary (`<letter>.<dotted path>`, letter N missing, R range, T type, M
 * mismatch) or one verification code per signature (`DIGEST_MISMATCH`). It is a promise: never renamed, never reused.
 */
export interface Finding extends Bilingual {
  readonly code: string
  /** Where it stands: wire spelling with position, `MessageHeader/To[2]/OrganId`; for XML faults `line 12`. */
  readonly path: string
  readonly severity: Severity
  readonly hint: Bilingual
  /** The values that disagree; no document content beyond identifiers. */
  readonly details?: Readonly<Record<string, string | number>>
}
