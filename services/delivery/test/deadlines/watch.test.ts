import {
  deadlinesOfDeliveries,
  failDeliveries,
  markFetched,
  putCalendarYear,
  putWorkingHours,
  redirectDeliveries,
  settleDeadlines,
} from '@docaxis/store'
import { acceptDocument, emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { watchDeadlines } from '../../src/deadlines/watch.ts'
import { arrive, dueTimes, hanoi, prepare, reckon, report, rules, watch } from './arriving.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await prepare(database)
})
afterAll(() => database.close())
beforeEach(() => emptyTables(database, 'document', 'outbox', 'outbox_batch', 'document_event'))

const monday = '2025-04-28 09:00'

async function fetch(deliveryId: string): Promise<void> {
  const who = { agencies: ['H99.32.05'], systemId: 'g99', leaseMs: 1000 }
  await database.transaction(tx => markFetched(tx, { deliveryId, ...who }))
}

async function eventsTold(): Promise<{ id: string; data: Record<string, unknown> }[]> {
  const { rows } = await database.query<{ event: { id: string; data: Record<string, unknown> } }>(
    "select event from outbox_log where topic = 'docaxis.deadline.reached' order by position, batch, place",
  )
  return rows.map(row => row.event)
}

describe('what an arrival owes', () => {
  it('is receipt told the same working day, nothing else', async () => {
    const id = await arrive(database, { at: monday })
    await reckon(database)

    expect(await dueTimes(database, id)).toEqual({ acknowledge: hanoi('2025-04-28 17:00') })
  })

  it('is to be fetched at once when urgent, and finished by its due date', async () => {
    const id = await arrive(database, { at: '2025-04-28 18:00', priority: 3, dueOn: '2025-05-01' })
    await reckon(database)

    expect(await dueTimes(database, id)).toEqual({
      fetch: hanoi('2025-04-28 18:15'),
      acknowledge: hanoi('2025-04-29 17:00'),
      finish: hanoi('2025-05-05 17:00'),
    })
  })

  it('goes by the hours kept above the receiver, the nearest first, and by others once they are taken back', async () => {
    await database.transaction(tx => putWorkingHours(tx, 'H99', '07:00-16:00'))
    await database.transaction(tx => putWorkingHours(tx, 'H99.32', 'Mo-Fr 07:00-15:00; Sa 07:00-11:00'))
    const id = await arrive(database, { at: '2025-05-09 15:00' })
    await reckon(database)
    const nearest = await dueTimes(database, id)

    await database.transaction(tx => putWorkingHours(tx, 'H99.32', null))
    await reckon(database)
    const above = await dueTimes(database, id)
    await database.transaction(tx => putWorkingHours(tx, 'H99', null))

    expect(nearest).toEqual({ acknowledge: hanoi('2025-05-10 11:00') })
    expect(above).toEqual({ acknowledge: hanoi('2025-05-09 16:00') })
  })

  it('is reckoned again when the calendar changes, and flagged while nobody vouches for the year', async () => {
    const id = await arrive(database, { at: '2026-11-23 18:00' })
    await reckon(database)
    const [before] = await deadlinesOfDeliveries(database, [id])

    const holidays = [{ from: '2026-11-24', to: '2026-11-24', name: 'thử' }]
    await database.transaction(tx => putCalendarYear(tx, { year: 2026, confirmed: true, holidays, swaps: [] }))
    await reckon(database)
    const [after] = await deadlinesOfDeliveries(database, [id])

    expect(before).toMatchObject({ dueAt: hanoi('2026-11-24 17:00'), unconfirmedYears: [2026] })
    expect(after).toMatchObject({ dueAt: hanoi('2026-11-25 17:00'), unconfirmedYears: [] })
  })

  it('is nothing for a status message', async () => {
    const documentId = await acceptDocument(database, { kind: 'status' })

    expect(await database.query('select from deadline where document_id = $1', [documentId])).toMatchObject({
      rowCount: 0,
    })
  })

  it('starts anew for a successor, by the hours kept there', async () => {
    const id = await arrive(database, { at: monday })
    await reckon(database)
    await database.transaction(tx => putWorkingHours(tx, 'H99', 'Mo-Su 00:00-24:00'))

    await database.transaction(tx =>
      redirectDeliveries(tx, new Map([['H99.32.05', { to: 'H99', level: 'province' }]]), { actor: 'test' }),
    )
    await reckon(database)
    const [moved] = await deadlinesOfDeliveries(database, [id])
    await database.transaction(tx => putWorkingHours(tx, 'H99', null))

    expect(moved).toMatchObject({ receiver: 'H99', hours: 'Mo-Su 00:00-24:00', arrivedAt: moved?.countedFrom })
    expect(moved?.arrivedAt.getTime()).toBeGreaterThan(hanoi(monday).getTime())
  })
})

describe('a deadline that passes', () => {
  it('reminds the receiver, tells both of the miss, then the agency above, each once', async () => {
    await arrive(database, { at: monday })
    await reckon(database)

    const told = []
    for (const at of [
      '2025-04-28 13:29',
      '2025-04-28 13:30',
      '2025-04-28 16:59',
      '2025-04-28 17:00',
      '2025-04-28 17:01',
    ]) {
      told.push(await watch(database, at))
    }
    told.push(await watch(database, '2025-04-29 17:00'), await watch(database, '2025-05-06 17:00'))

    expect(told.flat()).toEqual([
      'acknowledge reminder',
      'acknowledge missed',
      'acknowledge escalation-1',
      'acknowledge escalation-2',
    ])
    const events = await eventsTold()
    expect(events.map(({ data }) => data.tell)).toEqual([
      ['H99.32.05'],
      ['H99.32.05', 'G99'],
      ['H99.32', 'G99'],
      ['H99.32', 'G99'],
    ])
    expect(await watch(database, '2025-06-30 17:00')).toEqual([])
  })

  it('owes the sender evidence, and stands in the history', async () => {
    const id = await arrive(database, { at: monday })
    await reckon(database)

    await watch(database, '2025-04-28 17:00')

    const { rows: receipts } = await database.query(
      'select kind, deadline_kind, system_id, delivery_id from receipt where kind <> $1',
      ['acceptance'],
    )
    expect(receipts).toEqual([
      { kind: 'missed-deadline', deadline_kind: 'acknowledge', system_id: 'g99', delivery_id: id },
    ])
    const { rows: history } = await database.query("select details from document_event where what = 'deadline-reached'")
    expect(history).toMatchObject([{ details: { kind: 'acknowledge', step: 'missed' } }])
  })

  it('is an alarm without evidence when an urgent document lies unfetched', async () => {
    await arrive(database, { at: '2025-04-27 23:00', priority: 4 })
    await reckon(database)

    expect(await watch(database, '2025-04-27 23:14')).toEqual([])
    expect(await watch(database, '2025-04-27 23:15')).toEqual(['fetch missed'])
    expect(await database.query("select from receipt where kind = 'missed-deadline'")).toMatchObject({ rowCount: 0 })
  })

  it('tells the last step alone after a pause, at a pace', async () => {
    for (let count = 0; count < 3; count++) await arrive(database, { at: monday, dueOn: '2025-04-28' })
    await reckon(database)

    const turns = [await watch(database, '2025-05-20 09:00', 4), await watch(database, '2025-05-20 09:00', 4)]

    expect(turns.map(turn => turn.length)).toEqual([4, 2])
    expect(new Set(turns.flat())).toEqual(new Set(['acknowledge escalation-2', 'finish escalation-2']))
    expect(await database.query("select from receipt where kind = 'missed-deadline'")).toMatchObject({ rowCount: 6 })
  })
})

describe('whatever happens to the watcher', () => {
  it('two at once tell everything once between them', async () => {
    for (let count = 0; count < 20; count++) await arrive(database, { at: monday })
    await reckon(database)

    const at = '2025-04-28 17:00'
    const told = await Promise.all([
      watch(database, at, 8),
      watch(database, at, 8),
      watch(database, at, 8),
      watch(database, at, 8),
    ])
    const rest = await watch(database, at)

    expect([...told.flat(), ...rest]).toHaveLength(20)
    expect(new Set((await eventsTold()).map(({ id }) => id)).size).toBe(20)
  })

  it('one that dies before its commit leaves all to the next', async () => {
    await arrive(database, { at: monday })
    await reckon(database)

    const killed = database.transaction(async tx => {
      await watchDeadlines(tx, rules, hanoi('2025-04-28 17:00'), 100)
      throw new Error('killed')
    })

    await expect(killed).rejects.toThrow('killed')
    expect(await eventsTold()).toEqual([])
    expect(await watch(database, '2025-04-28 17:00')).toEqual(['acknowledge missed'])
  })
})

describe('a deadline ends without a word', () => {
  it.each(['01', '02', '03'])('when %s came in time', async code => {
    const id = await arrive(database, { at: monday })
    await reckon(database)
    await report(database, id, code, '2025-04-28 16:59')

    const ended = await database.transaction(tx => settleDeadlines(tx, [id]))

    expect(ended).toEqual([{ kind: 'acknowledge', state: 'met', late: false }])
    expect(await watch(database, '2025-05-20 09:00')).toEqual([])
  })

  it('when the answer came late, and says so', async () => {
    const id = await arrive(database, { at: monday })
    await reckon(database)
    await watch(database, '2025-04-28 17:00')
    await report(database, id, '03', '2025-04-29 08:00')

    expect(await database.transaction(tx => settleDeadlines(tx, [id]))).toEqual([
      { kind: 'acknowledge', state: 'met', late: true },
    ])
    expect(await database.transaction(tx => settleDeadlines(tx, [id]))).toEqual([])
  })

  it('when 06 came by the due date, and not by 03', async () => {
    const id = await arrive(database, { at: monday, dueOn: '2025-05-05' })
    await reckon(database)
    await report(database, id, '03', '2025-04-28 10:00')
    const registered = await watch(database, '2025-05-05 16:59')
    await report(database, id, '06', '2025-05-05 16:59')

    expect(registered).toEqual(['finish reminder'])
    expect(await watch(database, '2025-05-05 17:00')).toEqual([])
    expect(await watch(database, '2025-05-20 09:00')).toEqual([])
  })

  it('when the urgent document was fetched', async () => {
    const id = await arrive(database, { at: '2025-04-27 23:00', priority: 2 })
    await reckon(database)
    await fetch(id)

    expect(await watch(database, '2025-04-27 23:30')).toEqual([])
  })

  it('when it could not be delivered', async () => {
    const id = await arrive(database, { at: monday })
    await reckon(database)
    const failure = { ids: [id], agencies: ['H99.32.05'], systemId: 'g99', reason: 'x', maxAttempts: 1, backOffMs: 1 }
    await database.transaction(tx => failDeliveries(tx, failure))

    expect(await database.transaction(tx => settleDeadlines(tx, [id]))).toMatchObject([{ state: 'void' }])
  })

  it('when a revocation was answered on the document that it revokes', async () => {
    const target = '000.00.00.G99,2025/04/28,8/CV'
    const first = await arrive(database, { at: '2025-04-25 09:00', documentId: target })
    await fetch(first)
    const effect = { sender: 'G99', target, action: 'revoke' } as const
    const revocation = await arrive(database, { at: monday, action: 'revoke', documentId: 'G99,8', effects: [effect] })
    await reckon(database)
    await report(database, first, '15', '2025-04-28 10:00')

    expect(await database.transaction(tx => settleDeadlines(tx, [revocation]))).toEqual([
      { kind: 'acknowledge', state: 'met', late: false },
    ])
  })

  it('when a later packet stands in its place', async () => {
    const documentId = '000.00.00.G99,2025/04/28,7/CV'
    await arrive(database, { at: monday, documentId })
    await reckon(database)
    const effect = { sender: 'G99', target: documentId, action: 'replace' } as const
    await acceptDocument(database, { action: 'replace', documentId, effects: [effect] })

    expect(await watch(database, '2025-04-28 17:00')).toEqual([])
  })
})
