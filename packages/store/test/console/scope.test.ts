import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codesInScope, emptyScope, holdsAgency, inScope, type Scope } from '../../src/console/index.ts'
import { bindSystemAgency, createSystem, importDirectory } from '../../src/index.ts'

let database: TestDatabase

const agencies = [
  { code: 'G99', level: 'central' },
  { code: 'G98', level: 'central' },
  { code: 'H99', level: 'province', locality: 'Mây Trắng' },
  { code: 'H99.05', level: 'commune', parent: 'H99', groups: ['communes-h99'] },
  { code: 'H9', level: 'province' },
  // Below H9 by the directory, whatever its code looks like.
  { code: 'K01', level: 'commune', parent: 'H9' },
  { code: 'C01', level: 'central', kind: 'center' },
  { code: 'G97', level: 'central', center: 'C01' },
].map(agency => ({ kind: 'agency', name: `Agency ${agency.code}`, ...agency }))

beforeAll(async () => {
  database = await testDatabase()
  await database.transaction(async tx => {
    await importDirectory(tx, Buffer.from(JSON.stringify(agencies)), { format: 'json', mode: 'replace' })
    await createSystem(tx, { id: 'center', name: 'Center' })
    await bindSystemAgency(tx, 'center', 'C01')
  })
})
afterAll(() => database?.close())

const cases: readonly { readonly what: string; readonly scope: Partial<Scope>; readonly codes: readonly string[] }[] = [
  { what: 'nothing named holds nothing', scope: {}, codes: [] },
  { what: 'a subtree holds what its code begins', scope: { subtrees: ['H99'] }, codes: ['H99', 'H99.05'] },
  { what: 'a subtree holds its children whatever their codes', scope: { subtrees: ['H9'] }, codes: ['H9', 'K01'] },
  { what: 'a leaf holds itself', scope: { subtrees: ['H99.05'] }, codes: ['H99.05'] },
  { what: 'a system holds the agencies of its center', scope: { systems: ['center'] }, codes: ['C01', 'G97'] },
  { what: 'a locality holds its agencies', scope: { localities: ['Mây Trắng'] }, codes: ['H99'] },
  { what: 'a group holds its agencies', scope: { groups: ['communes-h99'] }, codes: ['H99.05'] },
  {
    what: 'a union holds all of its parts',
    scope: { subtrees: ['G98'], groups: ['communes-h99'], systems: ['center'] },
    codes: ['C01', 'G97', 'G98', 'H99.05'],
  },
  { what: 'an unknown code holds nothing', scope: { subtrees: ['X'], systems: ['X'], groups: ['X'] }, codes: [] },
]

it.each(cases)('$what', async ({ scope, codes }) => {
  const whole = { ...emptyScope, ...scope }
  const values: unknown[] = [1]
  const condition = inScope(values, whole, 'agency.code')

  const { rows } = await database.query<{ code: string }>(
    `select code from agency where $1 = 1 and ${condition} order by code`,
    values,
  )

  expect(rows.map(row => row.code)).toEqual(codes)
  expect(await codesInScope(database, whole)).toEqual(codes)
  const asked = agencies.map(async ({ code }) => ((await holdsAgency(database, whole, code)) ? [code] : []))
  expect((await Promise.all(asked)).flat().sort()).toEqual(codes)
})

it('holds every agency for the staff of the hub', async () => {
  const scope = { ...emptyScope, everything: true }

  const { rows } = await database.query(`select from agency where ${inScope([], scope, 'agency.code')}`)

  expect(rows).toHaveLength(agencies.length)
  expect(await codesInScope(database, scope)).toBeUndefined()
})
