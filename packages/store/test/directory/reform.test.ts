import { acceptDocument, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  acknowledgeDeliveries,
  addMandate,
  applyDueReform,
  askDirectory,
  cancelReform,
  findAgency,
  getReform,
  holdDeliveriesOf,
  listMandates,
  listOpenChanges,
  listReforms,
  listVxpMailbox,
  markFetched,
  type NewDirectoryRequest,
  redirectStranded,
  releaseDeliveries,
  settleJoined,
} from '../../src/index.ts'
import { deliver, route } from '../delivering.ts'
import { agency, putAgencies } from '../directory-fixtures.ts'
import { future, past, putCommunes, reformFile, reformsOf } from './reforming.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database?.close())

beforeEach(() => putCommunes(database))

const ask = (wish: NewDirectoryRequest) => database.transaction(tx => askDirectory(tx, wish))
const preview = (file: Buffer) => reformsOf(database).preview(file)
const apply = (file: Buffer) => reformsOf(database).apply(file)

/** State, receiver and the delivery it waits for, by id. */
async function stateOf(id: string | undefined) {
  const { rows } = await database.query('select state, receiver, joined_to, fetches from delivery where id = $1', [id])
  return rows[0]
}

describe('deliveries under way', () => {
  it('move to the successor under the same id, whatever their state', async () => {
    const [available] = await deliver(database, { receivers: ['H1.A'] })
    const [fetched] = await deliver(database, { receivers: ['H1.A'] })
    const [routed] = await route(database, { receivers: ['H1.B'] })
    const [held] = await deliver(database, { receivers: ['H1.B'] })
    await database.transaction(async tx => {
      await markFetched(tx, { deliveryId: fetched ?? '', agencies: ['H1.A'], systemId: 'A', leaseMs: 60_000 })
      const { rows } = await tx.query('select document_id from delivery where id = $1', [held])
      await holdDeliveriesOf(tx, [rows[0].document_id], { reason: 'test' })
    })

    const { outcome } = await apply(reformFile(past))

    expect(outcome?.deliveries).toEqual({ moved: 4, joined: 0, returned: 0, unrouted: 0 })
    expect(await stateOf(available)).toMatchObject({ state: 'available', receiver: 'H1.N' })
    expect(await stateOf(fetched)).toMatchObject({ state: 'available', receiver: 'H1.N', fetches: 1 })
    expect(await stateOf(routed)).toMatchObject({ state: 'routed', receiver: 'H1.N' })
    expect(await stateOf(held)).toMatchObject({ state: 'held', receiver: 'H1.N' })
    await database.transaction(tx => releaseDeliveries(tx, [routed ?? '']))
    expect(await stateOf(routed)).toMatchObject({ state: 'available', receiver: 'H1.N' })
  })

  it('leave those that have ended where they were', async () => {
    const [done] = await deliver(database, { receivers: ['H1.A'] })
    await database.transaction(tx =>
      acknowledgeDeliveries(tx, { ids: [done ?? ''], agencies: ['H1.A'], systemId: 'A' }),
    )

    await apply(reformFile(past))

    expect(await stateOf(done)).toMatchObject({ state: 'acknowledged', receiver: 'H1.A' })
  })

  it('come back from a split with the reason and the choices', async () => {
    const [returned] = await deliver(database, { receivers: ['H1.C'] })

    await apply(reformFile(past))

    expect(await stateOf(returned)).toMatchObject({ state: 'failed', receiver: 'H1.C' })
    const { rows } = await database.query(`select kind, receiver, reason from receipt where delivery_id = $1`, [
      returned,
    ])
    expect(rows).toEqual([
      {
        kind: 'non-delivery',
        receiver: 'H1.C',
        reason: expect.stringMatching(/^M\.MessageHeader\.To\.Closed: H1\.C .*H1\.N \(Xã Mới\), H1\.D \(Phường D\)$/),
      },
    ])
  })

  it('of one packet to two that merge are one, and the sender has evidence for both', async () => {
    const ids = await deliver(database, { receivers: ['H1.A', 'H1.B'] })

    const { outcome } = await apply(reformFile(past))

    expect(outcome?.deliveries).toMatchObject({ moved: 1, joined: 1 })
    const states = await Promise.all(ids.map(stateOf))
    const survivor = ids.find((_, index) => states[index]?.joined_to === null) ?? ''
    const joined = ids.find(id => id !== survivor)
    expect(await stateOf(joined)).toMatchObject({ state: 'held', joined_to: survivor })

    await database.transaction(tx => acknowledgeDeliveries(tx, { ids: [survivor], agencies: ['H1.N'], systemId: 'D' }))
    await database.transaction(tx => settleJoined(tx, 100))

    expect(await stateOf(joined)).toMatchObject({ state: 'acknowledged' })
    const { rows } = await database.query(`select delivery_id from receipt where kind = 'delivery' order by 1`)
    expect(rows.map(row => row.delivery_id)).toEqual(ids.toSorted())
  })

  it('of one packet to two that merge are one row for the kit that fetches for both', async () => {
    const ids = await deliver(database, { receivers: ['H1.A', 'H1.D'] })

    await apply(reformFile(past, [{ do: 'merge', codes: ['H1.A'], into: 'H1.D' }]))

    const list = { agencies: ['H1.A', 'H1.D'], rows: 'per-system', kind: 'document', status: 'waiting' } as const
    const rows = await listVxpMailbox(database, { ...list, offset: 0, limit: 10 })
    expect(rows.map(({ deliveryId }) => ids.includes(deliveryId))).toEqual([true])
  })

  it('that waited for one that the sender took back end with evidence too', async () => {
    const [first, joined] = await deliver(database, { receivers: ['H1.D', 'H1.A'] })
    await apply(reformFile(past, [{ do: 'merge', codes: ['H1.A'], into: 'H1.D' }]))
    await database.query(
      `update delivery set state = 'withdrawn', fail_reason = 'taken back', due_at = null, closed_at = clock_timestamp()
        where id = $1`,
      [first],
    )

    await database.transaction(tx => settleJoined(tx, 100))

    expect(await stateOf(joined)).toMatchObject({ state: 'withdrawn' })
    const { rows } = await database.query(`select kind, receiver, reason from receipt where delivery_id = $1`, [joined])
    expect(rows).toEqual([{ kind: 'non-delivery', receiver: 'H1.A', reason: 'taken back' }])
  })

  it('that wait for another owe no answer of their own to a change', async () => {
    const ids = await deliver(database, { receivers: ['H1.D', 'H1.A'] })
    await database.query(
      `update delivery set business_change = 'asked', business_change_kind = 'update',
                           business_change_at = clock_timestamp() where id = any($1)`,
      [ids],
    )

    await apply(reformFile(past, [{ do: 'merge', codes: ['H1.A'], into: 'H1.D' }]))

    const open = await listOpenChanges(database, { agencies: ['H1.A', 'H1.D'], role: 'receiver', limit: 10 })
    expect(open.map(({ deliveryId }) => deliveryId)).toEqual([ids[0]])
  })

  it('that were joined move their wait to the next successor', async () => {
    const ids = await deliver(database, { receivers: ['H1.A', 'H1.B', 'H1.D'] })
    await apply(reformFile(past))
    const merged = await apply(reformFile('2025-08-01', [{ do: 'merge', codes: ['H1.N'], into: 'H1.D' }], 'second'))

    expect(merged.outcome?.deliveries).toMatchObject({ moved: 0, joined: 1 })
    const states = await Promise.all(ids.map(stateOf))
    const open = ids.filter((_, index) => states[index]?.state === 'available')
    expect(open).toHaveLength(1)
    expect(states.filter(each => each?.joined_to === open[0])).toHaveLength(2)
  })

  it('are told of by an event each', async () => {
    const [moved] = await deliver(database, { receivers: ['H1.A'] })

    await apply(reformFile(past))

    const { rows } = await database.query(`select key, event from outbox_log where topic = 'docaxis.delivery.moved'`)
    expect(rows).toMatchObject([
      { key: 'H1.N', event: { data: { deliveryId: moved, from: 'H1.A', receiver: 'H1.N' } } },
    ])
  })

  it('routed after the reform to a code it closed are sent on all the same', async () => {
    await acceptDocument(database, { receivers: ['H1.A'] })
    const { outcome } = await apply(reformFile(past))
    expect(outcome?.deliveries).toMatchObject({ moved: 0, unrouted: 1 })
    const [late] = await route(database, { receivers: ['H1.A'] })

    const counts = await database.transaction(tx => redirectStranded(tx, { actor: 'service:delivery', limit: 100 }))

    expect(counts).toMatchObject({ moved: 1 })
    expect(await stateOf(late)).toMatchObject({ receiver: 'H1.N' })
  })
})

describe('beside the deliveries', () => {
  it('end mandates and certificates of closed agencies with their grace', async () => {
    const at = new Date('2020-01-01T00:00:00Z')
    await addMandate(database, { principal: 'H1.A', holder: 'H1', kind: 'seal', validFrom: at })
    await addMandate(database, { principal: 'H1.D', holder: 'H1', kind: 'seal', validFrom: at })
    const close = { do: 'close', code: 'H1.A', graceUntil: '2025-10-01' }

    const { outcome } = await apply(reformFile(past, [close]))

    expect(outcome).toMatchObject({ mandates: 1 })
    expect(await listMandates(database, { principal: 'H1.A' })).toMatchObject([
      { validTo: new Date('2025-09-30T17:00:00Z') },
    ])
    expect((await listMandates(database, { principal: 'H1.D' }))[0]).not.toHaveProperty('validTo')
  })

  it('bind systems to the successor only where the file says so', async () => {
    const connected = async () => (await findAgency(database, 'H1.N'))?.connection.connected
    await apply(reformFile(past))
    expect(await connected()).toBe(false)

    const merge = { do: 'merge', codes: ['H1.D'], into: 'H1.N', systems: 'follow' }
    const { outcome } = await apply(reformFile(past, [merge], 'second'))

    expect(outcome?.systems).toEqual({ affected: 1, bound: 1 })
    expect(await connected()).toBe(true)
  })
})

describe('a preview', () => {
  it('tells exactly what happens then, and writes nothing', async () => {
    await deliver(database, { receivers: ['H1.A', 'H1.B', 'H1.C', 'H1.D'] })
    await deliver(database, { receivers: ['H1.B'] })
    await route(database, { receivers: ['H1.C'] })
    await acceptDocument(database, { receivers: ['H1.A'] })
    await addMandate(database, { principal: 'H1.B', holder: 'H1', kind: 'transport', validFrom: new Date(0) })
    await ask({ systemId: 'A', kind: 'close', agencyCode: 'H1.A', wish: {} })

    const before = await preview(reformFile(past))
    expect((await findAgency(database, 'H1.A'))?.agency).not.toHaveProperty('validTo')
    const { outcome } = await apply(reformFile(past))

    expect(outcome).toEqual(before.figures)
    expect((await findAgency(database, 'H1.D'))?.agency.name).toBe('Phường D')
    expect(before.figures).toMatchObject({
      agencies: { opened: 1, closed: 3, renamed: 1, moved: 0, rehomed: 0, changed: 4 },
      systems: { affected: 3, bound: 0 },
      mandates: 1,
      documents: 3,
      deliveries: { moved: 2, joined: 1, returned: 2, unrouted: 1 },
      tasks: { requests: 1 },
    })
  })

  it('lists what it touches', async () => {
    const [moving] = await deliver(database, { receivers: ['H1.A'] })

    const { agencies, systems, deliveries } = await preview(reformFile(past))

    expect(agencies).toContainEqual(expect.objectContaining({ code: 'H1.A', changes: ['closed'], successor: 'H1.N' }))
    expect(agencies).toContainEqual(expect.objectContaining({ code: 'H1.C', choices: ['H1.N', 'H1.D'] }))
    expect(systems).toEqual(['A', 'B', 'C'].map(id => ({ id, closing: 1, remaining: 0 })))
    expect(deliveries).toMatchObject([{ id: moving, receiver: 'H1.A', becomes: 'moved', to: 'H1.N' }])
  })

  it('of a file with a fault is refused with its lines, and so is applying it', async () => {
    const file = reformFile(past, [{ do: 'close', code: 'H1.X' }])

    for (const work of [preview, apply]) {
      await expect(work(file)).rejects.toMatchObject({
        code: 'IMPORT_REFUSED',
        findings: [{ code: 'M.Reform.Unknown' }],
      })
    }
    expect(await listReforms(database, 10)).toEqual([])
  })
})

describe('codes of a closed agency', () => {
  it.each(['H1.A', '001.A'])('find it for history and lead on: %s', async code => {
    await apply(reformFile(past))

    expect((await findAgency(database, code))?.agency).toMatchObject({ code: 'H1.A', validTo: past, successor: 'H1.N' })
  })
})

describe('the day of a reform', () => {
  /** The database's clock stays where it is: the day of what waits moves before it. */
  const dayComes = () =>
    database.query(`update reform set effective_on = $1, file = $2 where state = 'scheduled'`, [past, reformFile(past)])
  const due = () => database.transaction(tx => applyDueReform(tx, 'service:delivery'))

  it('is waited for, with nothing written', async () => {
    const record = await apply(reformFile(future))

    expect(record).toMatchObject({ state: 'scheduled', preview: { agencies: { closed: 3 } } })
    expect(await due()).toBeUndefined()
    expect((await findAgency(database, 'H1.A'))?.agency).not.toHaveProperty('validTo')
  })

  it('comes once, however many instances ask', async () => {
    const [moving] = await deliver(database, { receivers: ['H1.A'] })
    await apply(reformFile(future))
    await dayComes()

    const done = await Promise.all([due(), due(), due()])

    expect(done.filter(Boolean)).toMatchObject([{ state: 'applied', outcome: { deliveries: { moved: 1 } } }])
    expect(await stateOf(moving)).toMatchObject({ receiver: 'H1.N' })
  })

  it('finds the directory changed and is blocked with the faults, with nothing written', async () => {
    const { id } = await apply(reformFile(future))
    await putAgencies(database, [agency('H1.B', { level: 'commune', parent: 'H1', validTo: '2024-01-01' })])
    await dayComes()

    expect(await due()).toMatchObject({ id, state: 'blocked', faults: [{ code: 'M.Reform.Closed' }] })
    expect((await findAgency(database, 'H1.A'))?.agency).not.toHaveProperty('validTo')
  })

  it('does not come for one that was cancelled', async () => {
    const { id } = await apply(reformFile(future))
    const cancel = () => database.transaction(tx => cancelReform(tx, id, { by: 'user:lan', reason: 'hoãn' }))
    await cancel()
    await dayComes()

    expect(await due()).toBeUndefined()
    expect(await getReform(database, id)).toMatchObject({
      state: 'cancelled',
      cancelledBy: 'user:lan',
      cancelReason: 'hoãn',
    })
    await expect(cancel()).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  it('is asked for once', async () => {
    await apply(reformFile(future))

    await expect(apply(reformFile(future))).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })
})
