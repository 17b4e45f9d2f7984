import type { Audience } from '@docaxis/events'
import { acceptDocument, addSystem, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  bindSystemAgency,
  createSecretBox,
  importDirectory,
  issueWebhookSecret,
  redirectDeliveries,
  webhookSecrets,
  webhooksFor,
} from '../../src/index.ts'
import { deliver } from '../delivering.ts'
import { newWebhook } from './webhook-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const agencies = [
    { kind: 'center', code: 'W99', level: 'province', name: 'Trung tâm' },
    { kind: 'agency', code: 'H99.32.05', level: 'commune', center: 'W99', name: 'Xã' },
    { kind: 'agency', code: 'H99.32.06', level: 'commune', name: 'Xã sau' },
  ]
  await database.transaction(tx =>
    importDirectory(tx, Buffer.from(JSON.stringify(agencies)), { format: 'json', mode: 'merge' }),
  )
  for (const [system, agency] of [
    ['commune', 'H99.32.05'],
    ['center', 'W99'],
    ['successor', 'H99.32.06'],
  ] as const) {
    await addSystem(database, system)
    await bindSystemAgency(database, system, agency)
  }
})
afterAll(() => database.close())
beforeEach(() => database.query('truncate webhook, outbox, outbox_batch cascade'))

async function hear(audience: Audience, type = 'delivery.available'): Promise<readonly string[]> {
  return (await webhooksFor(database, [{ type, audience }]))[0] ?? []
}

describe('told', () => {
  it('are the systems of an agency and of its center', async () => {
    const [own, center] = [
      await newWebhook(database, { systemId: 'commune' }),
      await newWebhook(database, { systemId: 'center' }),
    ]
    await newWebhook(database)

    expect(await hear({ agency: 'H99.32.05' })).toEqual([own.id, center.id].sort())
    expect(await hear({ agency: 'W99' })).toEqual([center.id])
    expect(await hear({ agencies: ['W99', 'H99.32.05'] })).toEqual([own.id, center.id].sort())
  })

  it('is the system that sent a packet, or the packet of a delivery', async () => {
    const sender = await newWebhook(database, { systemId: 'g99' })
    await newWebhook(database)
    const document = await acceptDocument(database)
    const [delivery = ''] = await deliver(database)

    expect(await hear({ senderOf: document })).toEqual([sender.id])
    expect(await hear({ senderOfDelivery: delivery })).toEqual([sender.id])
  })

  it('are operators', async () => {
    const operator = await newWebhook(database)
    await newWebhook(database)
    await database.query("update system set roles = '{operator}' where id = $1", [operator.systemId])

    expect(await hear({ operators: true })).toEqual([operator.id])
    expect(await hear({})).toEqual([])
  })

  it('are only webhooks that want the type', async () => {
    const receipts = await newWebhook(database, { systemId: 'g99', types: ['receipt.issued'] })

    expect(await hear({ system: 'g99' }, 'receipt.issued')).toEqual([receipts.id])
    expect(await hear({ system: 'g99' }, 'delivery.available')).toEqual([])
  })

  it('is no system that is disabled', async () => {
    const { systemId } = await newWebhook(database)
    await database.query('update system set disabled_at = now() where id = $1', [systemId])

    expect(await hear({ system: systemId })).toEqual([])
  })
})

describe('a delivery that comes into its mailbox', () => {
  const events = async () =>
    (await database.query("select event from outbox_log where topic = 'docaxis.delivery.available'")).rows

  it('is announced where a webhook of its receiver waits, through a center too', async () => {
    await newWebhook(database, { systemId: 'center' })

    const [deliveryId] = await deliver(database, { priority: 2 })

    expect(await events()).toMatchObject([
      { event: { id: `${deliveryId}:available:H99.32.05`, data: { deliveryId, receiver: 'H99.32.05', priority: 2 } } },
    ])
  })

  it('is announced to the successor that it moves to', async () => {
    const [deliveryId = ''] = await deliver(database)
    await newWebhook(database, { systemId: 'successor' })

    const follows = new Map([['H99.32.05', { to: 'H99.32.06', level: 'commune' as const }]])
    await database.transaction(tx => redirectDeliveries(tx, follows, { actor: 'test' }))

    expect(await events()).toContainEqual({
      event: expect.objectContaining({
        id: `${deliveryId}:available:H99.32.06`,
        data: expect.objectContaining({ deliveryId, receiver: 'H99.32.06' }),
      }),
    })
  })

  it('is announced to nobody where none does', async () => {
    await newWebhook(database)

    await deliver(database)

    expect(await events()).toEqual([])
  })
})

describe('secrets', () => {
  const box = createSecretBox(Buffer.alloc(32, 1))
  const issue = (webhookId: string, secret: string, overlapSeconds: number) =>
    database.transaction(tx => issueWebhookSecret(tx, box, { webhookId, secret, overlapSeconds }))

  it('both sign while the receiver changes over, the newest first', async () => {
    const { id } = await newWebhook(database)
    await issue(id, 'whsec_before', 0)

    await issue(id, 'whsec_after', 3_600)

    expect((await webhookSecrets(database, box, [id])).get(id)).toEqual(['whsec_after', 'whsec_before'])
  })

  it('sign no longer when the overlap is over', async () => {
    const { id } = await newWebhook(database)
    await issue(id, 'whsec_before', 0)

    await issue(id, 'whsec_after', 0)

    expect((await webhookSecrets(database, box, [id])).get(id)).toEqual(['whsec_after'])
  })

  it('sealed with another key file are left out, and those of others are not', async () => {
    const [old, own] = [await newWebhook(database), await newWebhook(database)]
    const before = createSecretBox(Buffer.alloc(32, 2))
    await database.transaction(tx =>
      issueWebhookSecret(tx, before, { webhookId: old.id, secret: 'whsec_old', overlapSeconds: 0 }),
    )
    await issue(own.id, 'whsec_own', 0)

    expect(await webhookSecrets(database, box, [old.id, own.id])).toEqual(new Map([[own.id, ['whsec_own']]]))
  })

  it('lie encrypted in the database, and open for no other webhook', async () => {
    const { id } = await newWebhook(database)
    await issue(id, 'whsec_marker', 0)
    const { rows } = await database.query<{ sealed: Buffer }>('select sealed from webhook_secret')

    await database.query('update webhook_secret set webhook_id = $1', [(await newWebhook(database)).id])
    const stolen = database
      .query<{ id: string }>('select webhook_id as id from webhook_secret')
      .then(({ rows: [row] }) => webhookSecrets(database, box, [row?.id ?? '']))

    expect(rows[0]?.sealed.includes('whsec_marker')).toBe(false)
    await expect(stolen).rejects.toThrow()
  })
})
