import { glob, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { namedParents } from '@docaxis/testkit'
import { expect, it } from 'vitest'

const source = resolve(import.meta.dirname, '../src')

/** Tables that some statement of the hub deletes from. */
async function deletedFrom(): Promise<ReadonlySet<string>> {
  const tables = new Set<string>()
  for await (const file of glob('**/*.ts', { cwd: source })) {
    const text = await readFile(join(source, file), 'utf8')
    for (const [, table = ''] of text.matchAll(/\b(?:delete\s+from|truncate)\s+(?:only\s+)?(\w+)/g)) tables.add(table)
  }
  return tables
}

// No foreign key stops it, see migration 0029.
it('deletes no row that others name without a foreign key', async () => {
  const tables = await deletedFrom()

  expect(tables).toContain('delivery_hold')
  expect(namedParents.filter(({ parent }) => tables.has(parent))).toEqual([])
})
