import { createHash } from 'node:crypto'
import { bindCertificate, importDirectory, type NewCertificate } from '@docaxis/store'
import { changeRights, changeRule, disableAccount, emptyScope, findRule, removeRule } from '@docaxis/store/console'
import { type MailServer, plainRule, testMailServer, testWebhookReceiver, type WebhookReceiver } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertTest, alertTest, stickDocuments } from './alert-harness.ts'

// Rules, conditions and messages over a real database; a real mail server and a real web server get them.

let alerts: AlertTest
let server: MailServer
let chat: WebhookReceiver

beforeAll(async () => {
  alerts = await alertTest()
  server = await testMailServer()
  chat = await testWebhookReceiver()
})
afterAll(async () => {
  await chat.close()
  await server.close()
  await alerts.close()
})
beforeEach(() => {
  chat.received.length = 0
  chat.behave = () => ({ status: 200 })
  server.received.length = 0
})
afterEach(() => alerts.clear())

async function stuckRule(wish: Parameters<AlertTest['rule']>[2] = {}) {
  const account = await alerts.account()
  const id = await alerts.rule(account, await alerts.mail(account, server.port), wish)
  return { account, id }
}

it('tells of what is stuck by mail, once, whatever comes after', async () => {
  await stuckRule()
  await stickDocuments(alerts.database, 2)
  await alerts.startAlerts({ DOCAXIS_PUBLIC_URL: 'https://truc.example' })
  await alerts.settled(1)

  await alerts.turn()
  await alerts.turn()

  const messages = await alerts.messages()
  expect(messages).toMatchObject([{ state: 'sent', attempts: 1, answer: expect.stringMatching(/^250 /) }])
  expect(server.received).toHaveLength(1)
  expect(server.received[0]?.mail.text).toContain('Toàn phạm vi: 2 văn bản')
  expect(server.received[0]?.mail.text).toContain('https://truc.example/documents?needs=stuck')
})

it('tells again when it has doubled', async () => {
  await stuckRule()
  await stickDocuments(alerts.database, 1)
  await alerts.startAlerts()
  await alerts.settled(1)

  await stickDocuments(alerts.database, 1)
  await alerts.turn()

  await alerts.settled(2)
})

it('is told nothing below the threshold', async () => {
  await stuckRule({ threshold: 3 })
  await stickDocuments(alerts.database, 2)
  await alerts.startAlerts()

  await alerts.turn()

  expect(await alerts.messages()).toEqual([])
})

it('is told once where three instances run', async () => {
  await stuckRule()
  await stuckRule()
  await stickDocuments(alerts.database, 1)
  await alerts.startAlerts()
  await alerts.startAlerts()
  await alerts.startAlerts()
  await alerts.settled(2)

  await alerts.turn()

  expect(await alerts.messages()).toHaveLength(2)
  expect(server.received).toHaveLength(2)
})

it('loses nothing with a process that died while it sent, and sends under the same id', async () => {
  const account = await alerts.account()
  const destination = await alerts.hook(account, chat.url)
  await alerts.rule(account, destination)
  await stickDocuments(alerts.database, 1)
  await alerts.startAlerts()
  const [message] = await alerts.settled(1)
  // As it was left by one that died after it had sent, before it could write that down.
  await alerts.database.query(
    "update alert_message set state = 'waiting', settled_at = null, leased_until = now() - interval '1 second'",
  )

  await alerts.settled(1)

  const ids = chat.received.map(({ headers }) => headers['idempotency-key'])
  expect(ids).toEqual([message?.id, message?.id])
})

it('tries again what was not taken', async () => {
  const account = await alerts.account()
  await alerts.rule(account, await alerts.hook(account, chat.url))
  chat.behave = () => ({ status: chat.received.length === 1 ? 503 : 200 })
  await stickDocuments(alerts.database, 1)
  await alerts.startAlerts()
  await expect.poll(async () => (await alerts.messages())[0]?.answer, { timeout: 60_000 }).toMatch(/^HTTP 503/)

  await alerts.database.query('update alert_message set due_at = now()')

  expect(await alerts.settled(1)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

describe('hours that are quiet', () => {
  const night = { quietFrom: 22 * 60, quietTo: 7 * 60 }
  const midnight = new Date('2026-03-06T23:00:00+07:00')
  const morning = new Date('2026-03-07T07:00:00+07:00')

  it('hold what is not hỏa tốc until they are over', async () => {
    await stuckRule(night)
    await stickDocuments(alerts.database, 1)
    alerts.at = midnight
    await alerts.startAlerts()
    await alerts.turn()
    expect(await alerts.messages()).toEqual([])

    alerts.at = morning
    await alerts.turn()

    await alerts.settled(1)
  })

  it('never hold hỏa tốc', async () => {
    await stuckRule({ ...night, digestHour: 8, workingDays: true })
    await stickDocuments(alerts.database, 1, 3)
    alerts.at = midnight
    await alerts.startAlerts()
    await alerts.turn()

    await alerts.settled(1)

    expect(server.received[0]?.mail.subject).toContain('HỎA TỐC')
    expect(server.received[0]?.bytes.toString()).toMatch(/^Importance: high\r$/m)
  })
})

it('collects within the window what comes after its beginning, and leaves out what is over by then', async () => {
  const begin = new Date('2026-03-06T09:00:00+07:00')
  const { id } = await stuckRule({ digestMinutes: 30 })
  await stickDocuments(alerts.database, 1)
  alerts.at = begin
  await alerts.startAlerts()
  await alerts.turn()
  expect(await findRule(alerts.database, id)).toMatchObject({ conditions: 1 })
  await alerts.database.query('delete from unrouted')

  alerts.at = new Date(begin.getTime() + 31 * 60_000)
  await alerts.turn()

  expect(await alerts.messages()).toEqual([])
  expect(await findRule(alerts.database, id)).toMatchObject({ conditions: 0 })
})

describe('whose account', () => {
  const hub = { actor: 'user:root', scope: { ...emptyScope, everything: true } }

  it('is disabled tells nothing any more, not even what was written before', async () => {
    const account = await alerts.account()
    await alerts.rule(account, await alerts.hook(account, chat.url))
    chat.behave = () => ({ status: 503 })
    await stickDocuments(alerts.database, 1)
    await alerts.startAlerts()
    await expect.poll(async () => (await alerts.messages())[0]?.answer, { timeout: 60_000 }).toMatch(/^HTTP 503/)

    await disableAccount(alerts.database, hub, account, true)
    await alerts.database.query('update alert_message set due_at = now()')
    await stickDocuments(alerts.database, 8)
    await alerts.turn()

    expect(await alerts.settled(1)).toMatchObject([{ state: 'failed', answer: expect.stringContaining('may not') }])
    expect(chat.received).toHaveLength(1)
  })

  it('sees less than when the message was written does not send it', async () => {
    const account = await alerts.account()
    await alerts.rule(account, await alerts.hook(account, chat.url))
    chat.behave = () => ({ status: 503 })
    await stickDocuments(alerts.database, 1)
    await alerts.startAlerts()
    await expect.poll(async () => (await alerts.messages())[0]?.answer, { timeout: 60_000 }).toMatch(/^HTTP 503/)

    const scope = { ...emptyScope, subtrees: ['H99'] }
    await changeRights(alerts.database, hub, account, { name: 'x', role: 'operator', scope, agencies: [] })
    await alerts.database.query('update alert_message set due_at = now()')

    expect(await alerts.settled(1)).toMatchObject([{ state: 'failed' }])
    expect(chat.received).toHaveLength(1)
  })

  it('sees another province is told nothing of this one', async () => {
    const account = await alerts.account({ scope: { ...emptyScope, subtrees: ['H99'] } })
    await alerts.rule(account, await alerts.hook(account, chat.url))
    await stickDocuments(alerts.database, 1)
    await alerts.startAlerts()

    await alerts.turn()

    expect(await alerts.messages()).toEqual([])
  })

  it('does not see the whole hub is told nothing of its inside', async () => {
    const account = await alerts.account({ scope: { ...emptyScope, subtrees: ['G99'] } })
    await alerts.rule(account, await alerts.hook(account, chat.url), { kind: 'health' })
    await alerts.database.query(
      `insert into process_health (id, services, checks, checked_at) values ('x', '{push}', '[]', now() - interval '1 day')`,
    )
    await alerts.startAlerts()

    await alerts.turn()

    expect(await alerts.messages()).toEqual([])
  })
})

it('tells of a service that has gone silent', async () => {
  await stuckRule({ kind: 'health' })
  await alerts.database.query(
    `insert into process_health (id, services, checks, checked_at) values ('x', '{notary}', '[]', now() - interval '10 minutes')`,
  )
  await alerts.startAlerts()

  await alerts.settled(1)

  expect(server.received[0]?.mail.text).toContain('- notary: kiểm tra lúc')
})

it('tells which agency fetches less than it is sent', async () => {
  await stuckRule({ kind: 'queue', threshold: 50 })
  await alerts.database.query(
    `insert into traffic_pair (minute, sender, receiver, from_level, to_level, accepted, fetched)
     values (date_trunc('minute', now()), 'G99', 'H99', 'central', 'province', 70, 10),
            (date_trunc('minute', now()), 'G99', 'H98', 'central', 'province', 70, 30)`,
  )
  await alerts.startAlerts()

  await alerts.settled(1)

  expect(server.received[0]?.mail.text).toContain('H99: 60 văn bản đến nhiều hơn')
  expect(server.received[0]?.mail.text).not.toContain('H98')
})

it('tells whose certificates end within the scope and the days that were asked for', async () => {
  const { database } = alerts
  const agencies = ['G99', 'H99', 'H99.05'].map(code => ({ code, name: `Cơ quan ${code}`, level: 'province' }))
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
  await bindCertificate(database, 'G99', endingIn(5))
  await bindCertificate(database, 'H99', endingIn(20))
  await bindCertificate(database, 'H99.05', endingIn(45))
  const account = await alerts.account({ scope: { ...emptyScope, subtrees: ['H99'] } })
  await alerts.rule(account, await alerts.hook(account, chat.url), { kind: 'certificates', threshold: 30 })
  await alerts.startAlerts()

  const [message] = await alerts.settled(1)

  expect(message?.text).toContain('Cơ quan H99')
  expect(message?.text).not.toMatch(/G99|H99\.05/)
})

function endingIn(days: number): NewCertificate {
  const der = Buffer.from(`ends in ${days} days`)
  return {
    sha256: createHash('sha256').update(der).digest('hex'),
    der,
    subject: 'CN=seal',
    issuer: 'CN=CA',
    serial: String(days),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date(Date.now() + days * 86_400_000),
  }
}

it('counts only documents of the urgency and the agencies that the rule is about', async () => {
  const account = await alerts.account()
  const destination = await alerts.hook(account, chat.url)
  await alerts.rule(account, destination, { leastPriority: 1 })
  await alerts.rule(account, destination, { subtrees: ['H98'] })
  await stickDocuments(alerts.database, 1)
  await alerts.startAlerts()

  await alerts.turn()

  expect(await alerts.messages()).toEqual([])
})

it('begins anew when the rule asks something else', async () => {
  const { id } = await stuckRule()
  await stickDocuments(alerts.database, 2)
  await alerts.startAlerts()
  await alerts.settled(1)
  const rule = await findRule(alerts.database, id)

  await changeRule(alerts.database, id, { ...plainRule, destinationId: rule?.destinationId ?? '', threshold: 2 })

  await alerts.settled(2)
})

it('keeps what was sent when its rule is gone', async () => {
  const { id } = await stuckRule()
  await stickDocuments(alerts.database, 1)
  await alerts.startAlerts()
  await alerts.settled(1)

  await removeRule(alerts.database, id)

  expect(await alerts.messages()).toMatchObject([{ state: 'sent', rule: null }])
})

it('has one rule that cannot be judged hold up no other', async () => {
  const broken = await stuckRule()
  await alerts.database.query("update alert_rule set kind = 'nothing', next_at = '-infinity' where id = $1", [
    broken.id,
  ])
  await stuckRule()
  await stickDocuments(alerts.database, 1)

  await alerts.startAlerts()

  await alerts.settled(1)
})
