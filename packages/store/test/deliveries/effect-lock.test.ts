import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockEffectTargets, type Tx } from '../../src/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const target = { sender: 'G99', documentId: '000.00.00.G99/1' }
const lockNotAvailable = { code: '55P03' }

/** Holds a lock while `other` tries for one, and gives up at once where it would wait. */
async function against(held: 'shared' | 'exclusive', other: (tx: Tx) => Promise<void>): Promise<void> {
  await database.transaction(async holding => {
    await lockEffectTargets(holding, [target], held)
    await database.transaction(async tx => {
      await tx.query("set local lock_timeout = '50ms'")
      await other(tx)
    })
  })
}

it('makes whoever records an effect wait for those who make deliveries', async () => {
  const recording = against('shared', tx => lockEffectTargets(tx, [target], 'exclusive'))

  await expect(recording).rejects.toMatchObject(lockNotAvailable)
})

it('makes those who make deliveries wait for whoever records an effect', async () => {
  const routing = against('exclusive', tx => lockEffectTargets(tx, [target], 'shared'))

  await expect(routing).rejects.toMatchObject(lockNotAvailable)
})

it('lets routers of the same document pass each other', async () => {
  await against('shared', tx => lockEffectTargets(tx, [target], 'shared'))
})

it('lets effects on other documents pass: the DocumentId is unique per sender only', async () => {
  await against('exclusive', tx => lockEffectTargets(tx, [{ ...target, sender: 'H99' }], 'exclusive'))
})
