import type { Random } from '../../random.ts'

/** One way to change a document. Whether the outcome is still XML is for the readers to say. */
export interface Mutation {
  /** Named in the report. */
  readonly kind: string
  readonly apply: (random: Random, text: string) => string
}

export interface ByteMutation {
  readonly kind: string
  readonly apply: (random: Random, bytes: Buffer) => Buffer
}
