import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestHub, testHub } from '../services/hub/test/support/test-hub.ts'

const root = join(import.meta.dirname, '..')
const id = /\b[0-9a-f]{24}\b/g

interface Step {
  readonly command: string
  readonly output: string
}

let hub: TestHub

beforeAll(async () => {
  hub = await testHub()
  await hub.hub.firstLetters
})
afterAll(() => hub.stop())

it('the tour of the README prints what the README shows', { timeout: 180_000 }, async () => {
  const steps = readTour()
  const actualIds = new Map<string, string>()

  for (const { command, output } of steps) {
    const actual = await run(command.replace(id, shown => actualIds.get(shown) ?? shown))

    expect(normal(actual), command).toBe(normal(output))
    learnIds(actualIds, output, actual)
  }
  expect(steps.length).toBeGreaterThan(10)
})

/** Every `$ …` line of the README's console blocks, with the lines that follow it. */
function readTour(): Step[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(match => match[1] ?? '')
  return blocks.flatMap(block =>
    block
      .split(/^\$ /m)
      .filter(step => step !== '')
      .map(step => {
        const [command = '', ...output] = step.split('\n')
        return { command, output: output.join('\n') }
      }),
  )
}

/** As the reader's shell would, with the folder of the hub's data as the working folder. */
async function run(command: string): Promise<string> {
  const folder = join(hub.dataDir, '..')
  const main = join(root, 'packages', 'client', 'src', 'command', 'main.ts')
  const script = `docaxis() { '${process.execPath}' '${main}' --lang en "$@" 2>&1; }\n${command}\ntrue`
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: folder,
    env: { ...process.env, DOCAXIS_URL: hub.url, DOCAXIS_DATA_DIR: hub.dataDir, INIT_CWD: folder },
  })
  return stdout
}

/** What differs from run to run: ids, digests, times, sizes. Widths of columns stay. */
function normal(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replace(id, '<id>')
    .replace(/\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/g, '<time>')
    .replace(/\d{4}\/\d\d\/\d\d/g, '<day>')
    .replace(/\d+\.\d KB/g, '<size>')
    .trimEnd()
}

/** The reader would type the id that stands on the screen in the place where the README has another. */
function learnIds(actualIds: Map<string, string>, shown: string, actual: string): void {
  const actualMatches = [...actual.matchAll(id)]
  for (const [index, match] of [...shown.matchAll(id)].entries()) {
    const other = actualMatches[index]
    if (other !== undefined) actualIds.set(match[0], other[0])
  }
}
