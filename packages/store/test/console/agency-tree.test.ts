import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  countBelow,
  countLevels,
  emptyScope,
  listAgencySystems,
  listLocalities,
  wholeHub,
} from '../../src/console/index.ts'
import { bindSystemAgency, createSystem } from '../../src/index.ts'
import { agency, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

const province = { ...emptyScope, subtrees: ['H1'] }

beforeAll(async () => {
  database = await testDatabase()
  await putAgencies(database, [
    agency('G1', { level: 'central' }),
    agency('C1', { level: 'central', kind: 'center' }),
    agency('H1', { locality: 'Mây Trắng', center: 'C1' }),
    agency('H1.1', { level: 'commune', parent: 'H1', locality: 'Mây Trắng', center: 'C1' }),
    agency('H1.2', { level: 'commune', parent: 'H1', locality: 'Mây Trắng', validTo: '2025-07-01' }),
    agency('H2', { locality: 'Đồi Thông' }),
  ])
  await createSystem(database, { id: 'center', name: 'Center' })
  await createSystem(database, { id: 'own', name: 'Own' })
  await bindSystemAgency(database, 'center', 'C1')
  await bindSystemAgency(database, 'own', 'H1.1')
})
afterAll(() => database?.close())

it('counts the levels of the whole directory, and where their trees begin', async () => {
  expect(await countLevels(database, wholeHub)).toEqual([
    { level: 'central', open: 2, closed: 0, connected: 1, top: 2 },
    { level: 'province', open: 2, closed: 0, connected: 1, top: 2 },
    { level: 'commune', open: 1, closed: 1, connected: 1, top: 0 },
  ])
})

it('counts the levels of a scope alone', async () => {
  expect(await countLevels(database, province)).toEqual([
    { level: 'province', open: 1, closed: 0, connected: 1, top: 1 },
    { level: 'commune', open: 1, closed: 1, connected: 1, top: 0 },
  ])
  expect(await countLevels(database, emptyScope)).toEqual([])
})

it('names the provinces of a scope', async () => {
  expect(await listLocalities(database, wholeHub)).toEqual(expect.arrayContaining(['Mây Trắng', 'Đồi Thông']))
  expect(await listLocalities(database, province)).toEqual(['Mây Trắng'])
})

it('counts what stands directly below, as far as the scope reaches', async () => {
  const leaf = { ...emptyScope, subtrees: ['H1.1'] }

  expect(await countBelow(database, wholeHub, ['H1', 'H2'])).toEqual(new Map([['H1', 2]]))
  expect(await countBelow(database, leaf, ['H1', 'H2'])).toEqual(new Map([['H1', 1]]))
})

it('lists the systems of an agency and of its center, with whom else they serve', async () => {
  const systems = await listAgencySystems(database, wholeHub, 'H1.1')

  expect(systems).toMatchObject([
    { id: 'center', serves: 3, whole: true },
    { id: 'own', serves: 1, whole: true },
  ])
})

it('says where a system serves agencies that the scope does not hold', async () => {
  const systems = await listAgencySystems(database, province, 'H1.1')

  // The center itself lies outside of the province.
  expect(systems).toMatchObject([
    { id: 'center', whole: false },
    { id: 'own', whole: true },
  ])
})
