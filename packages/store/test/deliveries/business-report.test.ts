import { acceptDocument, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  acknowledgeDeliveries,
  findDelivery,
  type NewBusinessReport,
  recordBusinessReport,
  reportsOfDeliveries,
} from '../../src/index.ts'
import { deliver } from '../delivering.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const report = (deliveryId: string | null, code: string, changes: Partial<NewBusinessReport> = {}) =>
  database.transaction(tx =>
    recordBusinessReport(tx, {
      deliveryId,
      statusId: null,
      code,
      reporter: 'H99.32.05',
      systemId: 'g99',
      via: 'json',
      ...changes,
    }),
  )

it('keeps who reported, why, and both clocks', async () => {
  const [id = ''] = await deliver(database)
  const staff = { name: 'Nguyễn Văn A', department: 'Văn thư' }
  const reportedAt = new Date('2030-01-15T04:59:00Z')

  await report(id, '02', { reason: 'sai địa chỉ', staff, reportedAt })

  expect(await reportsOfDeliveries(database, [id])).toMatchObject([
    { code: '02', reporter: 'H99.32.05', reason: 'sai địa chỉ', staff, reportedAt, flagged: false },
  ])
  expect((await reportsOfDeliveries(database, [id]))[0]?.receivedAt).toBeInstanceOf(Date)
})

it('shows the furthest state and keeps what does not fit, flagged', async () => {
  const [id = ''] = await deliver(database)

  const answers = [await report(id, '05'), await report(id, '03')]

  expect(answers).toMatchObject([
    { flagged: true, business: '05' },
    { flagged: true, business: '05' },
  ])
  expect(await findDelivery(database, id, ['H99.32.05'])).toMatchObject({ business: '05' })
  expect(await reportsOfDeliveries(database, [id])).toHaveLength(2)
})

it('remembers the state before a wish to take back that is refused', async () => {
  const [id = ''] = await deliver(database)
  await report(id, '03')
  await report(id, '13', { reporter: 'G99' })
  expect(await findDelivery(database, id, ['H99.32.05'])).toMatchObject({ business: '13', businessChange: 'asked' })

  await report(id, '02')

  expect(await findDelivery(database, id, ['H99.32.05'])).toMatchObject({ business: '03', businessChange: 'refused' })
  expect((await reportsOfDeliveries(database, [id])).at(-1)).toMatchObject({ code: '02', readAs: '16', flagged: false })
})

it('takes the answer to a revocation that the sender sent as a packet', async () => {
  const documentId = '000.00.00.G99/revoked'
  const [id = ''] = await deliver(database, { documentId })
  await database.transaction(tx => acknowledgeDeliveries(tx, { ids: [id], agencies: ['H99.32.05'], systemId: 'h99' }))
  await acceptDocument(database, {
    documentId,
    action: 'revoke',
    effects: [{ sender: 'G99', target: documentId, action: 'revoke' }],
  })

  expect(await report(id, '15')).toMatchObject({ flagged: false, business: '15' })
})

it('keeps a report on a document that the hub does not know', async () => {
  const orphan = await report(null, '03')

  expect(orphan).toMatchObject({ flagged: true, business: null })
})

it('loses no report of many at once', async () => {
  const [id = ''] = await deliver(database)

  await Promise.all(['01', '03', '04', '05', '06', '03', '01'].map(code => report(id, code)))

  expect(await reportsOfDeliveries(database, [id])).toHaveLength(7)
  expect(await findDelivery(database, id, ['H99.32.05'])).toMatchObject({ business: '06' })
})
