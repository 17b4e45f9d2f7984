import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '../../..')

/** A path in the folder of shared specifications, samples and vectors: `DOCAXIS_SHARED`, else beside the repository. */
export function sharedPath(...parts: readonly string[]): string {
  return resolve(process.env.DOCAXIS_SHARED ?? resolve(repository, '../shared'), ...parts)
}

/** Whether the shared data is there. Tests that need it skip loudly without it, and fail in CI. */
export function hasShared(...parts: readonly string[]): boolean {
  return existsSync(sharedPath(...parts))
}
