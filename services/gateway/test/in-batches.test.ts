import { expect, it } from 'vitest'
import { inBatches } from '../src/in-batches.ts'

/** Work that is finished by hand. */
function heldWork() {
  const batches: string[][] = []
  const finish: (() => void)[] = []
  const work = async (items: readonly string[]) => {
    batches.push([...items])
    await new Promise<void>(resolve => finish.push(resolve))
    return items.map(item => item.toUpperCase())
  }
  return { batches, work, finishOne: () => finish.shift()?.() }
}

it('gathers what comes while other work is under way, up to the size of a batch', async () => {
  const { batches, work, finishOne } = heldWork()
  const ask = inBatches({ work, maxRunning: 1, maxBatch: 2 })
  const first = ask('a')
  await expect.poll(() => batches).toEqual([['a']])

  const later = ['b', 'c', 'd'].map(item => ask(item))
  finishOne()
  await expect.poll(() => batches).toHaveLength(2)
  finishOne()
  await expect.poll(() => batches).toHaveLength(3)
  finishOne()

  expect(await Promise.all([first, ...later])).toEqual(['A', 'B', 'C', 'D'])
  expect(batches).toEqual([['a'], ['b', 'c'], ['d']])
})

it('lets the one that is at fault fail alone', async () => {
  const ask = inBatches({
    work: async (items: readonly string[]) => {
      if (items.includes('bad')) throw new Error('one of them is bad')
      return items
    },
    maxRunning: 1,
    maxBatch: 10,
  })

  const settled = await Promise.allSettled(['a', 'bad', 'b'].map(ask))

  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

it('tries nobody alone when the database is away', async () => {
  let tries = 0
  const ask = inBatches({
    work: async () => {
      tries += 1
      throw Object.assign(new Error('the server is shutting down'), { code: '57P01' })
    },
    maxRunning: 1,
    maxBatch: 10,
  })

  const settled = await Promise.allSettled(['a', 'b', 'c'].map(ask))

  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(tries).toBe(1)
})
