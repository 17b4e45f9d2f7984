import { afterAll, expect, it } from 'vitest'
import { testDatabase } from '../src/index.ts'

const first = await testDatabase()
const second = await testDatabase()
afterAll(() => Promise.all([first.close(), second.close()]))

it('gives a database with the schema of the hub', async () => {
  const { rows } = await first.query('select count(*)::int as agencies from agency')

  expect(rows).toEqual([{ agencies: 0 }])
})

it('gives each caller a database of its own', async () => {
  await first.query('create table only_here (id integer)')

  await expect(second.query('select from only_here')).rejects.toMatchObject({ code: '42P01' })
})
