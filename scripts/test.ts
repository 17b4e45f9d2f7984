/**
 * Runs every test once and ends with one line that counts them: `N passed, N failed, N skipped`.
 * Arguments are handed to vitest (`pnpm test packages/edxml`).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

interface Counts {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numFailedTestSuites: number
}

const folder = mkdtempSync(join(tmpdir(), 'docaxis-test-'))
const report = join(folder, 'report.json')

// For the hubs and commands that tests start by the hundred, as `run.cjs` does for those of people.
const compileCache = resolve(import.meta.dirname, '../node_modules/.cache/docaxis')

const { status } = spawnSync(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  },
)
const counts = readCounts()
rmSync(folder, { recursive: true, force: true })

console.log(counts === undefined ? '0 passed, 1 failed, 0 skipped' : line(counts))
process.exit(status ?? 1)

function readCounts(): Counts | undefined {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Counts
  } catch {
    return undefined
  }
}

/** A file that could not even be loaded has no failed test of its own, and is counted as one. */
function line(counts: Counts): string {
  const failed = status === 0 ? counts.numFailedTests : Math.max(counts.numFailedTests, 1)
  return `${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests + counts.numTodoTests} skipped`
}
