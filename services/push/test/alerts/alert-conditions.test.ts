import { storedCrl } from '@docaxis/service'
import {
  acknowledgeDeliveries,
  importDirectory,
  insertDeliveries,
  newHubId,
  putCrl,
  releaseDeliveries,
  takeUnrouted,
} from '@docaxis/store'
import { emptyScope, wholeHub } from '@docaxis/store/console'
import { acceptDocument, type MailServer, testAuthority, testMailServer } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type AlertTest, alertTest } from './alert-harness.ts'

// Each condition as it stands in the database beside one that is right in all but one way, and the mail that came of them.

let alerts: AlertTest
let server: MailServer

beforeAll(async () => {
  alerts = await alertTest()
  server = await testMailServer()
})
afterAll(async () => {
  await server.close()
  await alerts.close()
})
beforeEach(() => {
  server.received.length = 0
})
afterEach(() => alerts.clear())

it('tells of what is due soon: reminded of, still open, still owed', async () => {
  await owe('H99.01', "due_at = now() + interval '3 hours', step = 1")
  await owe('H99.02', "due_at = now() + interval '3 hours', step = 0")
  await acknowledged(await owe('H99.03', "due_at = now() + interval '3 hours', step = 1"), 'H99.03')
  await owe('H99.04', `${missed}, step = 2`)

  const text = await told('due-soon')

  expect(text).toContain('Sắp đến hạn')
  expect(agenciesIn(text)).toEqual(['H99.01'])
})

it('tells of what was told to the agency above: missed, two steps on, still owed', async () => {
  await owe('H99.01', `${missed}, step = 3`)
  await owe('H99.02', `${missed}, step = 2`)
  await acknowledged(await owe('H99.03', `${missed}, step = 3`), 'H99.03')
  await owe('H99.04', `${missed}, step = 4`)

  const text = await told('escalated')

  expect(text).toContain('đã báo lên cấp trên')
  expect(agenciesIn(text)).toEqual(['H99.01', 'H99.04'])
})

it('tells of lists of revoked certificates that run out within the hours that were asked for', async () => {
  await hold('Short CA', 5)
  await hold('Long CA', 7)
  await hold('Delta CA', 5, { delta: true })

  const text = await told('revocation-lists', 6)

  expect(text).toContain('Short CA')
  expect(text).not.toMatch(/Long CA|Delta CA/)
})

it('tells a receiver nothing of what has not come to its mailbox; to the staff of the hub it tells', async () => {
  const agencies = Buffer.from(JSON.stringify([{ code: 'H99.01', name: 'Xã', level: 'commune' }]))
  await alerts.database.transaction(tx => importDirectory(tx, agencies, { format: 'json', mode: 'merge' }))
  await stuckOnTheWay('H99.01')
  for (const scope of [{ ...emptyScope, subtrees: ['H99'] }, wholeHub]) {
    const account = await alerts.account({ scope })
    const to = scope.everything ? 'hub@so.example' : 'receiver@so.example'
    const target = { kind: 'mail', from: 'truc@hub.example', to: [to] } as const
    const destination = await alerts.mail(account, server.port, { target })
    await alerts.rule(account, destination, { kind: 'stuck', subtrees: ['H99'] })
  }
  await alerts.startAlerts()
  await alerts.settled(1)

  await alerts.turn()

  expect(server.received.map(({ recipients }) => recipients)).toEqual([['hub@so.example']])
})

/** The text of the one mail that a rule of this kind sent. */
async function told(kind: 'due-soon' | 'escalated' | 'revocation-lists', threshold = 1): Promise<string> {
  const account = await alerts.account()
  await alerts.rule(account, await alerts.mail(account, server.port), { kind, threshold })
  await alerts.startAlerts()
  await alerts.settled(1)
  await alerts.turn()
  expect(server.received).toHaveLength(1)
  return server.received[0]?.mail.text ?? ''
}

function agenciesIn(text: string): readonly string[] {
  return [...new Set(text.match(/H99\.\d\d/g))].toSorted()
}

const missed = `state = 'missed', due_at = now() - interval '3 hours', missed_at = now(), missed_transport = 'available'`

/** A document in a mailbox, and what is owed for it as the watcher of deadlines left it. */
async function owe(receiver: string, deadline: string): Promise<string> {
  const id = await route(receiver)
  await alerts.database.transaction(async tx => {
    await releaseDeliveries(tx, [id])
    await tx.query(
      `update deadline
          set calendar_revision = 1, hours = '', clock = 'working', counted_from = arrived_at, ${deadline}
        where delivery_id = $1 and kind = 'acknowledge'`,
      [id],
    )
  })
  return id
}

/** A document that is under way, and comes no further. */
async function stuckOnTheWay(receiver: string): Promise<void> {
  const id = await route(receiver)
  await alerts.database.query("update delivery set routed_at = routed_at - interval '1 hour' where id = $1", [id])
}

async function route(receiver: string): Promise<string> {
  const { database } = alerts
  const documentId = await acceptDocument(database, { receivers: [receiver] })
  const delivery = { id: newHubId(), documentId, kind: 'document', receiver, receiverWritten: receiver } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ ...delivery, level: 'commune', priority: 0 }])
    await takeUnrouted(tx, [documentId])
  })
  return delivery.id
}

async function acknowledged(id: string, agency: string): Promise<void> {
  await alerts.database.transaction(tx => acknowledgeDeliveries(tx, { ids: [id], agencies: [agency], systemId: 'g99' }))
}

/** A list of an authority that is good for so many hours. */
async function hold(name: string, hours: number, { delta = false } = {}): Promise<void> {
  const list = storedCrl((await testAuthority({ name })).list())
  await putCrl(alerts.database, { ...list, delta, nextUpdate: new Date(Date.now() + hours * 3_600_000) })
}
