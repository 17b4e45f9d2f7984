import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { addMandate, endMandate, findMandate, listMandates, type NewMandate } from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await clearDirectory(database)
  await putAgencies(database, [agency('H53'), agency('H53.1'), agency('H17')])
})

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const given: NewMandate = {
  principal: 'H53.1',
  holder: 'H53',
  kind: 'seal',
  validFrom: day('2026-01-01'),
  validTo: day('2026-07-01'),
}
const ask = (at: string, change: Partial<NewMandate> = {}) =>
  findMandate(database, { principal: 'H53.1', holder: 'H53', at: new Date(at), ...change })

it.each([
  { at: '2025-12-31T23:59:59.999Z', inForce: false },
  { at: '2026-01-01T00:00:00.000Z', inForce: true },
  { at: '2026-06-30T23:59:59.999Z', inForce: true },
  { at: '2026-07-01T00:00:00.000Z', inForce: false },
])('is in force at $at: $inForce', async ({ at, inForce }) => {
  const mandate = await addMandate(database, given)

  expect(await ask(at)).toEqual(inForce ? mandate : undefined)
})

it('goes one way, from one principal to one holder', async () => {
  await addMandate(database, given)

  expect(await ask('2026-03-01', { principal: 'H53', holder: 'H53.1' })).toBeUndefined()
  expect(await ask('2026-03-01', { principal: 'H17' })).toBeUndefined()
  expect(await ask('2026-03-01', { holder: 'H17' })).toBeUndefined()
})

it('names the mandate to seal before one to transport', async () => {
  await addMandate(database, { ...given, kind: 'transport' })
  const seal = await addMandate(database, { ...given, validFrom: day('2026-02-01') })

  expect(await ask('2026-03-01')).toEqual(seal)
  expect(await ask('2026-01-15')).toMatchObject({ kind: 'transport' })
})

it('ends when it is told to, never later than before', async () => {
  const { id } = await addMandate(database, given)

  expect(await endMandate(database, id, day('2026-09-01'))).toMatchObject({ validTo: day('2026-07-01') })
  expect(await endMandate(database, id, day('2026-03-01'))).toMatchObject({ validTo: day('2026-03-01') })
  expect(await ask('2026-03-01')).toBeUndefined()
})

it('was never in force when it is ended before it began', async () => {
  const { id, validFrom } = await addMandate(database, given)

  expect(await endMandate(database, id, day('2025-01-01'))).toMatchObject({ validTo: validFrom })
  expect(await ask('2026-01-01')).toBeUndefined()
})

it('is listed by principal and by holder', async () => {
  const one = await addMandate(database, given)
  const two = await addMandate(database, { ...given, principal: 'H17', validFrom: day('2026-02-01') })

  expect(await listMandates(database)).toEqual([one, two])
  expect(await listMandates(database, { principal: 'H17' })).toEqual([two])
  expect(await listMandates(database, { holder: 'H53' })).toEqual([one, two])
  expect(await listMandates(database, { holder: 'H17' })).toEqual([])
})

it.each([
  { rule: 'for itself', change: { holder: 'H53.1' }, code: 'REQUEST_INVALID' },
  { rule: 'that ends before it begins', change: { validTo: day('2025-12-31') }, code: 'REQUEST_INVALID' },
  { rule: 'from an agency that is not there', change: { principal: 'H99' }, code: 'NOT_FOUND' },
  { rule: 'to an agency that is not there', change: { holder: 'H99' }, code: 'NOT_FOUND' },
])('is refused $rule', async ({ change, code }) => {
  await expect(addMandate(database, { ...given, ...change })).rejects.toMatchObject({ code })
})

it('cannot be ended when there is none', async () => {
  await expect(endMandate(database, 'none', day('2026-03-01'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
