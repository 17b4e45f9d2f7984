import { inheritedAgencies, type Sql } from '@docaxis/store'
import type { Caller } from './caller.ts'

/** Whose documents a caller reads. What changes anything asks for `caller.agencies` alone. */
export interface Readable {
  /** Closed agencies that one of the caller's has followed. */
  readonly inherited: readonly string[]
  /** Those, and the caller's own. */
  readonly agencies: readonly string[]
}

export async function readableAgencies(sql: Sql, { agencies }: Caller): Promise<Readable> {
  const inherited = await inheritedAgencies(sql, agencies)
  return { inherited, agencies: [...agencies, ...inherited] }
}
