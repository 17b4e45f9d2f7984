/** Ids of the objects of one test. */
export interface Objects {
  document: string
  delivery: string
  receipt: string
  webhook: string
  upload: string
  conformance: string
}

export interface Entry {
  /** What stands in the path. */
  readonly object?: keyof Objects
  readonly body?: unknown
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  /** `own`: lists and directory, where a stranger gets its own view; `operator`: 403 for everybody else; `strangers`: no token
   * is needed, and a wrong one refused; `public`. */
  readonly kind: 'object' | 'own' | 'operator' | 'strangers' | 'public'
}

/** One subject's routes. */
export type Rows = Readonly<Record<string, Entry>>

export const tus = { 'tus-resumable': '1.0.0' }
