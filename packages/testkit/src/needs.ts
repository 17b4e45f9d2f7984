import { spawnSync } from 'node:child_process'
import { it, type TestAPI } from 'vitest'
import { hasShared } from './shared.ts'

/** `it` for tests that need these programs: skipped with a message when one is missing, failing in CI. */
export function itWithPrograms(...programs: readonly string[]): TestAPI {
  return itWith(programs.filter(program => spawnSync(program, ['--version']).error !== undefined))
}

/** `it` for tests that need a folder of the shared data: skipped with a message when it is missing, failing in CI. */
export function itWithShared(...parts: readonly string[]): TestAPI {
  return itWith(hasShared(...parts) ? [] : [`shared data ${parts.join('/')}`])
}

function itWith(missing: readonly string[]): TestAPI {
  if (missing.length === 0) return it
  const message = `needs ${missing.join(', ')}`
  if (process.env.CI) throw new Error(`${message}, which CI must have`)
  process.stderr.write(`SKIPPED: ${message}\n`)
  return it.skip as TestAPI
}
