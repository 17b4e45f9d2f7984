import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actionText } from '../web/src/audit/action-words.ts'

const repository = join(import.meta.dirname, '../../..')

/** `action: 'token.issue'`, wherever a row of the audit log is written. */
async function writtenActions(): Promise<string[]> {
  const found = new Set<string>()
  for await (const file of glob(['services/*/src/**/*.ts', 'packages/store/src/**/*.ts'], { cwd: repository })) {
    const source = readFileSync(join(repository, file), 'utf8')
    for (const [, action = ''] of source.matchAll(/\baction: '([a-z-]+(?:\.[a-z-]+)+)'/g)) found.add(action)
  }
  return [...found].sort()
}

it('names every action of the audit log in words', async () => {
  const actions = await writtenActions()

  expect(actions.length).toBeGreaterThan(50)
  expect(actions.filter(action => actionText(action) === undefined)).toEqual([])
})
