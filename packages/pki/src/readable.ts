import { DerError } from './der.ts'

/** What `read` gives; undefined when the bytes are not what it reads. For parts that may be there and prove nothing. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
