import { createHash } from 'node:crypto'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addDemoAnchor,
  listCrls,
  listDemoAnchors,
  type NewCrl,
  putCrl,
  readCrls,
  trustVersion,
} from '../../src/index.ts'
import { clearDirectory } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => clearDirectory(database))

function crl(name: string, change: Partial<NewCrl> = {}): NewCrl {
  const der = Buffer.from(name)
  return {
    sha256: createHash('sha256').update(der).digest('hex'),
    issuerKey: 'ca',
    issuer: 'CN=CA',
    der,
    number: '10',
    thisUpdate: new Date('2026-08-19T00:00:00Z'),
    nextUpdate: new Date('2026-08-20T00:00:00Z'),
    ...change,
  }
}

function headOf({ der: _der, ...head }: NewCrl) {
  return { scope: '', delta: false, ...head, importedAt: expect.any(Date) }
}

const later = new Date('2026-08-19T06:00:00Z')
const earlier = new Date('2026-08-18T06:00:00Z')

describe('a revocation list', () => {
  it('is kept with its bytes', async () => {
    expect(await putCrl(database, crl('first'))).toBe(true)

    expect(await listCrls(database)).toEqual([headOf(crl('first'))])
    const { sha256, der } = crl('first')
    expect(await readCrls(database, [sha256])).toEqual([{ sha256, der }])
  })

  it('is kept without number and next update', async () => {
    const { number: _number, nextUpdate: _nextUpdate, ...bare } = crl('first')

    await putCrl(database, bare)

    expect(await listCrls(database)).toEqual([headOf(bare)])
  })

  it.each([
    { what: 'a newer one with a higher number', change: { thisUpdate: later, number: '11' }, kept: true },
    { what: 'a newer one with the same number', change: { thisUpdate: later }, kept: true },
    { what: 'a newer one without a number', change: { thisUpdate: later, number: undefined }, kept: true },
    { what: 'a newer one whose number went back', change: { thisUpdate: later, number: '9' }, kept: false },
    { what: 'one of the same time', change: { number: '11' }, kept: false },
    { what: 'an older one', change: { thisUpdate: earlier, number: '11' }, kept: false },
  ])('replaced by $what: $kept', async ({ change, kept }) => {
    await putCrl(database, crl('first'))

    expect(await putCrl(database, crl('second', change))).toBe(kept)

    const [held] = await listCrls(database)
    expect(held?.sha256).toBe(crl(kept ? 'second' : 'first').sha256)
  })

  it('compares numbers of twenty bytes as numbers', async () => {
    await putCrl(database, crl('first', { number: '9'.repeat(48) }))

    expect(await putCrl(database, crl('second', { number: `1${'0'.repeat(48)}`, thisUpdate: later }))).toBe(true)
  })

  it('leaves those of other issuers alone', async () => {
    await putCrl(database, crl('first'))
    await putCrl(database, crl('other', { issuerKey: 'ca2' }))

    expect((await listCrls(database)).map(each => each.issuerKey)).toEqual(['ca', 'ca2'])
  })

  it('stands beside its delta and beside the list of another distribution point', async () => {
    await putCrl(database, crl('base'))
    await putCrl(database, crl('delta', { delta: true, number: '11', thisUpdate: later }))
    await putCrl(database, crl('point', { scope: 'point' }))

    expect((await listCrls(database)).map(({ scope, delta }) => [scope, delta])).toEqual([
      ['', false],
      ['', true],
      ['point', false],
    ])
  })
})

describe('the version of what is trusted', () => {
  const anchor = { sha256: createHash('sha256').update('anchor').digest('hex'), der: Buffer.from('anchor') }

  it('changes with a list and with an anchor, and only then', async () => {
    const empty = await trustVersion(database)
    await putCrl(database, crl('first'))
    const withList = await trustVersion(database)
    await putCrl(database, crl('older', { thisUpdate: earlier }))
    const withOlder = await trustVersion(database)
    await putCrl(database, crl('second', { thisUpdate: later }))
    const withNewer = await trustVersion(database)
    await addDemoAnchor(database, anchor)
    const withAnchor = await trustVersion(database)

    expect(withOlder).toBe(withList)
    expect(new Set([empty, withList, withNewer, withAnchor]).size).toBe(4)
  })

  it('stays when an anchor is added again', async () => {
    await addDemoAnchor(database, anchor)
    const before = await trustVersion(database)

    await addDemoAnchor(database, anchor)

    expect(await trustVersion(database)).toBe(before)
    expect(await listDemoAnchors(database)).toEqual([anchor])
  })
})
