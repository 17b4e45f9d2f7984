import { parseCrl } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { storedCrl } from '@docaxis/service'
import {
  findDocument,
  insertDeliveries,
  letGo,
  listDocumentEvents,
  listHeld,
  listMailbox,
  markFetched,
  newHubId,
  putCrl,
  recordRevocations,
  refuseHeldDeliveries,
  releaseDeliveries,
  takeUnrouted,
} from '@docaxis/store'
import { acceptDocument, daysFromNoon, emptyTables, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { flagNext } from '../../src/revoked/flag-documents.ts'
import { searchNextList } from '../../src/revoked/search-list.ts'
import { bindSeal, type TrustBench, trustBench } from '../harness.ts'

let bench: TrustBench
let authority: TestAuthority
let seal: Identity

beforeAll(async () => {
  bench = await trustBench()
  authority = await testAuthority()
  seal = await authority.seal('G99', { keyType: 'ec' })
  await bindSeal(bench.database, 'G99', seal)
})
afterAll(() => bench?.close())
beforeEach(() => emptyTables(bench.database, 'document', 'crl', 'certificate_revocation'))

type Reason = 'superseded' | 'keyCompromise' | 'certificateHold'

let number = 1
async function publish(revoked: readonly { at: Date; reason: Reason }[]): Promise<void> {
  number += 1
  const crl = authority.crl({
    thisUpdate: new Date(daysFromNoon(0).getTime() + number * 1000),
    nextUpdate: daysFromNoon(1),
    revoked: revoked.map(entry => ({ ...entry, serial: seal.certificate.serial })),
    number,
  })
  await putCrl(bench.database, storedCrl(parseCrl(crl)))
}

/** A document sealed with the certificate, routed and in the mailbox of H99; accepted now, by the database's clock. */
async function underWay({ routed = true } = {}): Promise<{ id: string; deliveryId: string }> {
  const { database } = bench
  const id = await acceptDocument(database, { receivers: ['H99'] })
  await database.query(
    `update document set verdict = jsonb_build_object('certificate', jsonb_build_object('sha256', $2::text)) where id = $1`,
    [id, seal.certificate.sha256],
  )
  const deliveryId = newHubId()
  if (routed) await route(id, deliveryId)
  return { id, deliveryId }
}

async function route(documentId: string, id: string): Promise<void> {
  const delivery = {
    id,
    documentId,
    kind: 'document',
    receiver: 'H99',
    receiverWritten: 'H99',
    level: 'province',
    priority: 0,
  } as const
  await bench.database.transaction(async tx => {
    await insertDeliveries(tx, [delivery])
    await takeUnrouted(tx, [documentId])
    await releaseDeliveries(tx, [id])
  })
}

const yesterday = () => new Date(Date.now() - 86_400_000)
const tomorrow = () => new Date(Date.now() + 86_400_000)

async function warningsOf(id: string): Promise<readonly string[]> {
  return ((await findDocument(bench.database, id, ['G99']))?.warnings ?? []).map(({ code }) => code)
}

const mailbox = async () => (await listMailbox(bench.database, { agencies: ['H99'], limit: 10 })).items

it('finds a certificate of the register on a new list, and flags what is under way', async () => {
  const { id } = await underWay()
  await publish([{ at: yesterday(), reason: 'superseded' }])

  const searched = await searchNextList(bench.database)
  const flagged = await flagNext(bench.database, 'record')

  expect(searched).toMatchObject({ news: 1 })
  expect(flagged).toMatchObject({ documents: 1, held: 0 })
  expect(await warningsOf(id)).toEqual(['CERTIFICATE_REVOKED'])
  expect((await listDocumentEvents(bench.database, id)).map(({ what }) => what)).toContain('certificate-revoked')
  const { rows } = await bench.database.query(
    "select actor from audit_log where action = 'document.flag' and object = $1",
    [id],
  )
  expect(rows).toEqual([{ actor: 'service:trust' }])
  expect(await mailbox()).toHaveLength(1)
})

it('searches each list once, and flags each document once', async () => {
  const { id } = await underWay()
  await publish([{ at: yesterday(), reason: 'superseded' }])
  await searchNextList(bench.database)
  await flagNext(bench.database, 'record')
  await bench.database.query('update certificate_revocation set due_at = now()')

  await flagNext(bench.database, 'record')

  expect(await searchNextList(bench.database)).toBeUndefined()
  expect(await warningsOf(id)).toHaveLength(1)
})

it.each([
  { reason: 'superseded', flags: 0 },
  { reason: 'keyCompromise', flags: 1 },
] as const)('flags $flags of what was accepted before a revocation for $reason', async ({ reason, flags }) => {
  const { id } = await underWay()
  await publish([{ at: tomorrow(), reason }])

  await searchNextList(bench.database)
  await flagNext(bench.database, 'record')

  expect(await warningsOf(id)).toHaveLength(flags)
})

it('leaves alone what every receiver has acknowledged', async () => {
  const { id } = await underWay()
  await bench.database.query("update delivery set state = 'acknowledged', due_at = null where document_id = $1", [id])
  await publish([{ at: yesterday(), reason: 'keyCompromise' }])

  await searchNextList(bench.database)
  await flagNext(bench.database, 'hold')

  expect(await warningsOf(id)).toEqual([])
})

it('knows a hold that its authority lifted as no revocation any more', async () => {
  await publish([{ at: yesterday(), reason: 'certificateHold' }])
  await searchNextList(bench.database)
  const held = await bench.database.query('select reason from certificate_revocation')
  await publish([])

  await searchNextList(bench.database)

  expect(held.rows).toEqual([{ reason: 'certificateHold' }])
  expect((await bench.database.query('select from certificate_revocation')).rows).toEqual([])
})

describe('under policy hold', () => {
  const revoke = () =>
    recordRevocations(bench.database, [
      { sha256: seal.certificate.sha256, source: 'hub', revokedAt: yesterday(), reason: 'keyCompromise' },
    ])

  it('takes what nobody has fetched out of the mailbox, until an operator lets it go', async () => {
    const { id, deliveryId } = await underWay()
    await revoke()

    await flagNext(bench.database, 'hold')

    expect(await mailbox()).toEqual([])
    expect(await listHeld(bench.database, 10)).toMatchObject([
      { id: deliveryId, documentId: id, reasons: ['certificate-revoked'] },
    ])
    await bench.database.transaction(tx => letGo(tx, [deliveryId], { systemId: 'operator' }))
    expect(await mailbox()).toMatchObject([{ deliveryId }])
  })

  it('gives the sender evidence when an operator refuses the delivery', async () => {
    const { deliveryId } = await underWay()
    await revoke()
    await flagNext(bench.database, 'hold')

    const refused = await bench.database.transaction(tx =>
      refuseHeldDeliveries(tx, { ids: [deliveryId], systemId: 'g99', reason: 'the key was stolen' }),
    )

    expect(refused).toEqual([deliveryId])
    const { rows } = await bench.database.query('select state, attempts from delivery where id = $1', [deliveryId])
    expect(rows).toEqual([{ state: 'failed', attempts: 0 }])
    const receipts = await bench.database.query(
      "select from receipt where kind = 'non-delivery' and delivery_id = $1",
      [deliveryId],
    )
    expect(receipts.rows).toHaveLength(1)
    expect(await listHeld(bench.database, 10)).toEqual([])
  })

  it('leaves what was fetched where it is, flagged', async () => {
    const { id, deliveryId } = await underWay()
    await bench.database.transaction(tx =>
      markFetched(tx, { deliveryId, agencies: ['H99'], systemId: 'g99', leaseMs: 60_000 }),
    )
    await revoke()

    expect(await flagNext(bench.database, 'hold')).toMatchObject({ documents: 1, held: 0 })
    expect(await warningsOf(id)).toHaveLength(1)
  })

  it('waits for what is not routed yet', async () => {
    const { id, deliveryId } = await underWay({ routed: false })
    await revoke()
    const early = await flagNext(bench.database, 'hold')
    await route(id, deliveryId)
    await bench.database.query('update certificate_revocation set due_at = now()')

    expect(early).toMatchObject({ documents: 0, more: false })
    expect(await flagNext(bench.database, 'hold')).toMatchObject({ documents: 1, held: 1 })
  })
})
