import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { lockFolder } from '../../src/embedded/index.ts'
import { birthOf } from '../../src/embedded/processes.ts'
import { cleanUps, dataFolder } from './helpers.ts'

const after = cleanUps()
afterEach(() => after.run())

/** No process has it: ids end far below. */
const nobodysPid = 2 ** 30
const startedAt = '2026-01-01T00:00:00.000Z'

async function folderLockedBy(holder: object | string): Promise<string> {
  const folder = await dataFolder(after)
  await writeFile(join(folder, 'hub.lock'), typeof holder === 'string' ? holder : JSON.stringify(holder))
  return folder
}

it('can be taken again once it is released', async () => {
  const folder = await dataFolder(after)
  const first = await lockFolder(folder)
  await first.release()

  const second = await lockFolder(folder)

  await second.release()
})

it('refuses while its process runs, naming folder, process and start', async () => {
  const folder = await folderLockedBy({ pid: process.pid, birth: await birthOf(process.pid), startedAt })

  await expect(lockFolder(folder)).rejects.toThrow(
    `${folder} is used by another hub, process ${process.pid}, started ${startedAt}`,
  )
})

it.each([
  { left: 'a process that is gone', holder: { pid: nobodysPid, birth: 'x', startedAt } },
  { left: 'an earlier process whose id another has now', holder: { pid: process.pid, birth: 'earlier', startedAt } },
  { left: 'a power cut', holder: '{"pi' },
])('is taken over from $left', async ({ holder }) => {
  const folder = await folderLockedBy(holder)

  const lock = await lockFolder(folder)

  expect(JSON.parse(await readFile(join(folder, 'hub.lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  await lock.release()
})

it('goes to one of many that find the same stale lock', async () => {
  const folder = await folderLockedBy({ pid: nobodysPid, birth: 'x', startedAt })

  const tries = await Promise.allSettled([lockFolder(folder), lockFolder(folder), lockFolder(folder)])

  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})
