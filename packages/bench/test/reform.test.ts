import { readReform } from '@docaxis/directory'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLost } from '../src/reform/check-fates.ts'
import { makeCountry, wholeCountry } from '../src/reform/made-up-country.ts'
import { reformFile } from '../src/reform/reform-file.ts'
import { rehearseReform } from '../src/reform/rehearse-reform.ts'

describe('the made-up country', () => {
  const country = makeCountry(wholeCountry, 1)
  const isProvince = (code: string) => /^H\d\d$/.test(code)
  const isCommune = (level: string) => level === 'commune'

  it('has 63 provinces, 700 districts and 10,035 communes before the reform', () => {
    expect(country.agencies.filter(({ code }) => isProvince(code))).toHaveLength(63)
    expect([country.districts.length, country.communes.length]).toEqual([700, 10_035])
  })

  it('has 34 provinces, no district and 3,321 communes after it, some communes split', () => {
    const { plan, faults } = readReform(reformFile(country), country.agencies)

    expect(faults).toEqual([])
    const after = new Map(country.agencies.map(agency => [agency.code, agency]))
    for (const agency of plan?.agencies ?? []) after.set(agency.code, agency)
    const open = [...after.values()].filter(({ validTo }) => validTo === undefined)
    expect(open.filter(({ code }) => isProvince(code))).toHaveLength(34)
    expect(open.filter(({ level }) => level === 'district')).toEqual([])
    expect(open.filter(({ level }) => isCommune(level))).toHaveLength(3_321)
    expect(plan?.closings.filter(({ choices }) => choices.length === 2)).toHaveLength(wholeCountry.split)
  })

  it('is the same for the same seed and another for another', () => {
    expect(makeCountry(wholeCountry, 1).changes).toEqual(country.changes)
    expect(makeCountry(wholeCountry, 2).changes).not.toEqual(country.changes)
  })
})

describe('the rehearsal', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database?.close())

  // A tenth of the country; `pnpm bench reform` does the whole.
  const scale = { districts: 100, communes: 1_000, communesAfter: 340, unchanged: 13, split: 20 }

  it('brings every document to the successor or back with a reason, as previewed', { timeout: 120_000 }, async () => {
    const { outcome, preview, faults } = await rehearseReform(database, { scale, seed: 7, documents: 1_500 })

    expect(faults.slice(0, 10)).toEqual([])
    expect(outcome).toEqual(preview)
    const { moved, joined, returned, unrouted } = outcome.deliveries
    const { certificates, mandates, systems, tasks } = outcome
    const counts = [moved, joined, returned, unrouted, certificates, mandates, systems.affected, tasks.inherited]
    for (const count of counts) expect(count).toBeGreaterThan(0)
  })

  it('is watched by a checker that names one delivery that is anywhere else', { timeout: 60_000 }, async () => {
    const country = makeCountry(scale, 7)
    const { rows: taken } = await database.query<{ id: string }>(
      'select delivery.id from delivery join document on document.id = delivery.document_id where document.due_on is not null',
    )
    const lost = () => findLost(database, country, new Set(taken.map(({ id }) => id)))
    expect(await lost()).toEqual([])

    await database.query(
      `update delivery set receiver = 'G22'
        where id = (select event.delivery_id from document_event as event
                     where event.what = 'moved' and event.details ->> 'joinedTo' is null
                       and not exists (select from delivery as joined where joined.joined_to = event.delivery_id)
                     limit 1)`,
    )

    expect(await lost()).toHaveLength(1)
  })
})
