import { acceptDocument, emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { agencyLateness, agencyTraffic, type TrafficDay, takeSearchTurn } from '../../src/console/index.ts'
import { insertDeliveries, newHubId, releaseDeliveries } from '../../src/index.ts'
import { agency, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await putAgencies(database, [agency('H1'), agency('H1.1', { level: 'commune' }), agency('H2')])
})
afterAll(() => database?.close())
beforeEach(() => emptyTables(database, 'document', 'document_event', 'document_search', 'report_month'))

it('counts by day what an agency sent and what came into its mailbox', async () => {
  await exchange('H1', 'H2')
  await exchange('H1', 'H2')
  await exchange('H2', 'H1')
  // Whose code begins alike is another agency.
  await exchange('H2', 'H1.1')
  await takeSearchTurn(database)

  const days = await agencyTraffic(database, 'H1')

  expect(days).toHaveLength(30)
  expect(sumOf(days)).toEqual({ sent: 2, received: 1 })
})

it('counts on the day in Asia/Ho_Chi_Minh, and forgets what is older than 30 days', async () => {
  const [recent, old] = [await exchange('H1', 'H2'), await exchange('H1', 'H2')]
  // Half past midnight there is the evening before in UTC.
  const midnight = "((now() at time zone 'Asia/Ho_Chi_Minh')::date - 3)::timestamp at time zone 'Asia/Ho_Chi_Minh'"
  await database.query(`update document set accepted_at = ${midnight} + interval '30 minutes' where id = $1`, [recent])
  await database.query(`update document set accepted_at = now() - interval '31 days' where id = $1`, [old])

  const days = await agencyTraffic(database, 'H1')

  expect(sumOf(days)).toEqual({ sent: 1, received: 0 })
  expect(days.at(-4)?.sent).toBe(1)
})

it('counts nothing that has not come into the mailbox', async () => {
  const id = await exchange('H2', 'H1')
  await database.query('update delivery set available_at = null, state = $2 where document_id = $1', [id, 'held'])
  await takeSearchTurn(database)

  const days = await agencyTraffic(database, 'H1')

  expect(sumOf(days)).toEqual({ sent: 0, received: 0 })
})

it('reads how an agency kept its deadlines from the counters of the reports, the newest month first', async () => {
  const month = (back: number) =>
    `date_trunc('month', now() at time zone 'Asia/Ho_Chi_Minh') - interval '${back} months'`
  await database.query(`
insert into report_month (agency, month, received, ack_due, ack_in_time, finish_due, finish_in_time, refused)
values ('H1', ${month(1)}, 10, 9, 8, 4, 3, 1), ('H1', ${month(0)}, 5, 2, 2, 0, 0, 0), ('H1', ${month(7)}, 5, 2, 2, 0, 0, 0),
       ('H2', ${month(0)}, 7, 7, 7, 0, 0, 0)`)

  const months = await agencyLateness(database, 'H1')

  expect(months).toMatchObject([
    { received: 5, ackDue: 2, ackInTime: 2, finishDue: 0 },
    { received: 10, ackDue: 9, ackInTime: 8, finishDue: 4, finishInTime: 3, refused: 1 },
  ])
})

function sumOf(days: readonly TrafficDay[]) {
  return days.reduce((sum, day) => ({ sent: sum.sent + day.sent, received: sum.received + day.received }), {
    sent: 0,
    received: 0,
  })
}

async function exchange(sender: string, receiver: string): Promise<string> {
  const receivers = [{ written: receiver, resolved: receiver, level: 'province' }] as const
  const documentId = await acceptDocument(database, { sender, receivers })
  const id = newHubId()
  const delivery = { id, documentId, kind: 'document', receiver, receiverWritten: receiver } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ ...delivery, level: 'province', priority: 0 }])
    await releaseDeliveries(tx, [id])
  })
  return documentId
}
