/**
 * The file is not what this reader takes: broken, encrypted, ambiguous, or past a limit (V59). It never repairs: two
 * readers that repair a broken file in two ways show two documents.
 */
export class PdfFault extends Error {
  readonly rule: string

  constructor(message: string, rule = 'V59') {
    super(message)
    this.name = 'PdfFault'
    this.rule = rule
  }
}

/** What one file may cost (V59). A file of a million pages is refused like a bomb: nobody signs one. */
export const limits = {
  nesting: 64,
  /** Cross-reference sections, that is revisions. */
  sections: 128,
  /** Highest object number. */
  objects: 1_000_000,
  /** Bytes of one object without its stream. */
  objectBytes: 16 * 1024 * 1024,
  /** One cross-reference or object stream, unpacked. Other streams are never unpacked. */
  streamBytes: 32 * 1024 * 1024,
  /** Unpacked to packed, from `ratioFreeBytes` on. */
  ratio: 200,
  ratioFreeBytes: 1024 * 1024,
  signatures: 64,
  /** Told of one revision. */
  changes: 10_000,
} as const

/** Everything that is parsed, unpacked and looked up counts against one budget, so that it always ends, and soon. */
export class Budget {
  #left = 96 * 1024 * 1024

  spend(work: number): void {
    this.#left -= work
    if (this.#left < 0) throw new PdfFault('more work than a signed document needs')
  }
}
