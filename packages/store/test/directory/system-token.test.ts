import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  bindSystemAgency,
  createSystem,
  disableSystem,
  findSystemByToken,
  issueToken,
  listTokens,
  revokeToken,
} from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await clearDirectory(database)
  await putAgencies(database, [agency('H53'), agency('H17')])
  await createSystem(database, { id: 'one', name: 'Một', roles: ['operator'], maxFileBytes: 7 })
})

it('leads to the system that holds it, with its agencies', async () => {
  await bindSystemAgency(database, 'one', 'H53')
  await bindSystemAgency(database, 'one', 'H17')
  const { token } = await issueToken(database, 'one')

  expect(await findSystemByToken(database, token)).toEqual({
    id: 'one',
    name: 'Một',
    profile: 'legacy',
    signaturePolicy: 'record',
    statusPolicy: 'record',
    attachmentPolicy: 'record',
    badReceiver: 'refuse-all',
    roles: ['operator'],
    maxFileBytes: 7,
    agencies: ['H17', 'H53'],
  })
})

it('has 256 random bits behind its prefix and is never stored', async () => {
  const { token, tokenId } = await issueToken(database, 'one')

  expect(token).toMatch(/^dax_[A-Za-z0-9_-]{43}$/)
  expect(tokenId).toMatch(/^[0-9a-f]{64}$/)
  const { rows } = await database.query('select system_token::text as row from system_token')
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(token)
})

it('stays valid beside a newer one', async () => {
  const first = await issueToken(database, 'one')
  const second = await issueToken(database, 'one')

  expect(await findSystemByToken(database, first.token)).toMatchObject({ id: 'one' })
  expect(await findSystemByToken(database, second.token)).toMatchObject({ id: 'one' })
})

it('works until it expires', async () => {
  const { token } = await issueToken(database, 'one', { expiresAt: new Date('2999-01-01') })

  expect(await findSystemByToken(database, token)).toMatchObject({ id: 'one' })
})

it('is refused once it has expired', async () => {
  const { token } = await issueToken(database, 'one', { expiresAt: new Date('2020-01-01') })

  expect(await findSystemByToken(database, token)).toBeUndefined()
})

it('is refused once it is revoked, and its neighbour is not', async () => {
  const first = await issueToken(database, 'one')
  const second = await issueToken(database, 'one')

  expect(await revokeToken(database, first.tokenId)).toBe(true)

  expect(await findSystemByToken(database, first.token)).toBeUndefined()
  expect(await findSystemByToken(database, second.token)).toMatchObject({ id: 'one' })
  expect(await revokeToken(database, first.tokenId)).toBe(false)
})

it('is refused while its system is disabled', async () => {
  const { token } = await issueToken(database, 'one')
  await disableSystem(database, 'one')

  expect(await findSystemByToken(database, token)).toBeUndefined()
})

it('is refused with one character changed', async () => {
  const { token } = await issueToken(database, 'one')
  const changed = token.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))

  expect(await findSystemByToken(database, changed)).toBeUndefined()
})

it('is not its own name', async () => {
  const { tokenId } = await issueToken(database, 'one')

  expect(await findSystemByToken(database, tokenId)).toBeUndefined()
})

it('is listed by name and state', async () => {
  const { tokenId } = await issueToken(database, 'one', { expiresAt: new Date('2999-01-01') })
  await revokeToken(database, tokenId)

  expect(await listTokens(database, 'one')).toEqual([
    { tokenId, createdAt: expect.any(Date), expiresAt: new Date('2999-01-01'), revokedAt: expect.any(Date) },
  ])
})

it('cannot be issued to a system that is not there', async () => {
  await expect(issueToken(database, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
