/** Limits of one scan; sizes in bytes. */
export interface XmlLimits {
  readonly maxBytes: number
  /** Of the canonical form that is kept: text that is streamed away does not count. */
  readonly maxKeptBytes: number
  readonly maxDepth: number
  /** Comments and CDATA sections count too, and the attributes of all elements together have the same limit. */
  readonly maxElements: number
  /** Of one element, declarations among them. */
  readonly maxAttributes: number
  /** Of one tag or processing instruction. */
  readonly maxTagBytes: number
}
