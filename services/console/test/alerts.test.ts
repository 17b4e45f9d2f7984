import { openSecretBox } from '@docaxis/store'
import { claimAlerts, openConnection, settleAlert } from '@docaxis/store/console'
import { plainRule } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

// Rules and destinations as their page keeps them; what they lead to is tested in services/push.

let hub: TestConsole
let operator: SignedIn
let province: SignedIn

beforeAll(async () => {
  hub = await testConsole({ DOCAXIS_PUSH_PLAIN_HOSTS: 'office.example', DOCAXIS_PUSH_INSIDE_HOSTS: '10.0.0.25' })
  operator = await signedIn(hub, { role: 'operator', scope: { everything: true } })
  province = await signedIn(hub, { role: 'administrator', scope: { subtrees: ['H99'] } })
})
afterAll(() => hub?.close())

const mail = {
  name: 'Phòng kỹ thuật',
  target: { kind: 'mail', from: 'truc@hub.example', to: ['kt@hub.example'] },
  connection: {
    kind: 'mail',
    host: 'smtp.example',
    port: 587,
    security: 'starttls',
    user: 'truc',
    password: 'bí mật lắm',
  },
}
const chat = {
  name: 'Nhóm chat',
  target: { kind: 'webhook', method: 'POST', type: 'json', template: '{"text":"{{text}}"}' },
  connection: { kind: 'webhook', url: 'https://chat.example/hook/T0K3N', headers: { authorization: 'Bearer abc' } },
}
const rule = { ...plainRule, quietFrom: 1_320, quietTo: 420, workingDays: true }

async function destination(person: SignedIn, wish: object = mail): Promise<string> {
  const answer = await person.post('/alerts/destinations', wish)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json().id
}

it('keeps a rule as it was asked for', async () => {
  const destinationId = await destination(operator)

  const { id } = (await operator.post('/alerts/rules', { ...rule, destinationId })).json()
  const changed = await operator.call('PUT', `/alerts/rules/${id}`, {
    ...rule,
    destinationId,
    name: 'Kẹt lâu',
    threshold: 5,
  })

  expect(changed.statusCode).toBe(204)
  const { items } = (await operator.get('/alerts/rules')).json()
  expect(items).toContainEqual(
    expect.objectContaining({ ...rule, id, destinationId, name: 'Kẹt lâu', threshold: 5, stopped: false }),
  )
})

it.each([{ wish: mail }, { wish: chat }])(
  'never shows again what the connection of $wish.name holds',
  async ({ wish }) => {
    const id = await destination(operator, wish)

    const { body } = await operator.get('/alerts/destinations')

    expect(body).toContain(id)
    expect(body).toContain(wish.connection.kind === 'mail' ? 'smtp.example' : 'chat.example')
    for (const secret of ['bí mật lắm', 'T0K3N', 'Bearer abc']) expect(body).not.toContain(secret)
    const { rows } = await hub.database.query<{ row: string }>(
      'select alert_destination::text as row from alert_destination',
    )
    for (const secret of ['bí mật lắm', 'T0K3N', 'Bearer abc']) expect(JSON.stringify(rows)).not.toContain(secret)
  },
)

it('keeps the password when something else is changed, and takes a new address with its own only', async () => {
  const box = await openSecretBox(hub.secretsKeyFile)
  const id = await destination(operator)
  const renamed = { ...mail, name: 'Khác', connection: undefined }

  expect((await operator.call('PUT', `/alerts/destinations/${id}`, renamed)).body).toBe('')
  expect(openConnection(box, id, await sealed(id))).toEqual(mail.connection)

  const moved = { ...mail, connection: { kind: 'mail', host: 'smtp2.example', port: 465, security: 'tls' } }
  expect((await operator.call('PUT', `/alerts/destinations/${id}`, moved)).body).toBe('')
  expect(openConnection(box, id, await sealed(id))).toEqual(moved.connection)
})

describe('a destination', () => {
  const connection = (changes: object) => ({ ...mail, connection: { ...mail.connection, ...changes } })
  const hook = (changes: object) => ({ ...chat, connection: { ...chat.connection, ...changes } })
  const template = (text: string) => ({ ...chat, target: { ...chat.target, template: text } })

  it.each([
    {
      why: 'a recipient on two lines',
      wish: { ...mail, target: { ...mail.target, to: ['a@b.example\r\nBcc: c@d.example'] } },
    },
    { why: 'a sender that is two', wish: { ...mail, target: { ...mail.target, from: 'a@b.example, c@d.example' } } },
    { why: 'a mail server inside', wish: connection({ host: '10.0.0.1' }) },
    { why: 'a mail server that is no host', wish: connection({ host: 'smtp.example/../x' }) },
    { why: 'a name without a password', wish: connection({ password: undefined }) },
    {
      why: 'no encryption to a host that nobody listed',
      wish: connection({ security: 'none', user: undefined, password: undefined }),
    },
    { why: 'a password without encryption', wish: connection({ host: 'office.example', security: 'none' }) },
    { why: 'an address inside', wish: hook({ url: 'https://169.254.169.254/latest' }) },
    { why: 'an address without TLS', wish: hook({ url: 'http://chat.example/' }) },
    { why: 'an address of another kind', wish: hook({ url: 'file:///etc/passwd' }) },
    { why: 'an address with a password', wish: hook({ url: 'https://me:secret@chat.example/' }) },
    { why: 'a host that the message decides', wish: hook({ url: 'https://{{text}}/hook' }) },
    { why: 'a host that the message goes on', wish: hook({ url: 'https://chat.example{{text}}/' }) },
    { why: 'a header on two lines', wish: hook({ headers: { 'x-a': 'b\r\nx-evil: 1' } }) },
    { why: 'a header with a name of two', wish: hook({ headers: { 'x-a: b\r\nx-evil': '1' } }) },
    { why: 'the header that names the host', wish: hook({ headers: { Host: 'inside.example' } }) },
    { why: 'a template that names what there is not', wish: template('{"text":"{{subject}}"}') },
    { why: 'a template that is no JSON', wish: template('{"text":{{text}}}') },
    { why: 'a connection of another kind', wish: { ...mail, connection: chat.connection } },
    { why: 'no connection', wish: { ...mail, connection: undefined } },
  ])('with $why is refused with a sentence', async ({ wish }) => {
    const answer = await operator.post('/alerts/destinations', wish)

    expect(answer.statusCode).toBe(400)
    expect(answer.json().errors?.[0]).toMatchObject({ vi: expect.any(String), en: expect.any(String) })
  })

  it.each([
    { what: 'a mail server in the office that an operator listed', wish: connection({ host: '10.0.0.25' }) },
    {
      what: 'a gateway that takes the text in the query',
      wish: hook({ url: 'https://sms.example/send?to=84900&text={{text}}' }),
    },
  ])('with $what is taken', async ({ wish }) => {
    await destination(operator, wish)
  })

  it('stays while rules lead to it', async () => {
    const destinationId = await destination(operator)
    await operator.post('/alerts/rules', { ...rule, destinationId })

    expect((await operator.call('DELETE', `/alerts/destinations/${destinationId}`)).statusCode).toBe(409)
  })
})

describe('a rule', () => {
  it.each([
    { why: 'about the hub, of somebody who sees a province', wish: { kind: 'dead-letter' } },
    { why: 'about agencies outside of the scope', wish: { subtrees: ['H98'] } },
    { why: 'that collects in two ways', wish: { digestMinutes: 30, digestHour: 8 } },
    { why: 'whose quiet hours have no end', wish: { quietTo: null } },
    { why: 'whose quiet hours are all hours', wish: { quietTo: 1_320 } },
  ])('$why is refused', async ({ wish }) => {
    const destinationId = await destination(province)

    expect((await province.post('/alerts/rules', { ...rule, destinationId, ...wish })).statusCode).toBe(400)
    await province.call('DELETE', `/alerts/destinations/${destinationId}`)
  })

  it('leads to no destination of somebody else, who could send it elsewhere', async () => {
    const destinationId = await destination(province)

    expect((await operator.post('/alerts/rules', { ...rule, destinationId })).statusCode).toBe(409)
  })

  it('of somebody who sees more is neither shown nor changed', async () => {
    const destinationId = await destination(operator)
    const { id } = (await operator.post('/alerts/rules', { ...rule, destinationId, name: 'của trục' })).json()

    expect((await province.get('/alerts/rules')).body).not.toContain('của trục')
    expect((await province.call('DELETE', `/alerts/rules/${id}`)).statusCode).toBe(404)
  })

  it('of somebody who sees less is shown, and goes on with their scope', async () => {
    const destinationId = await destination(province)
    const { id } = (await province.post('/alerts/rules', { ...rule, destinationId })).json()

    const answer = await operator.call('PUT', `/alerts/rules/${id}`, { ...rule, destinationId, enabled: false })

    expect(answer.statusCode).toBe(204)
    const { items } = (await operator.get('/alerts/rules')).json()
    expect(items).toContainEqual(expect.objectContaining({ id, login: province.login, enabled: false }))
  })
})

it('tries a destination out, and shows what it answered', async () => {
  const id = await destination(operator)

  const trial = (await operator.post(`/alerts/destinations/${id}/test`)).json()
  await settleAlert(hub.database, { id: trial.id, sent: true, answer: '250 queued' })

  expect((await operator.get(`/alerts/messages/${trial.id}`)).json()).toMatchObject({
    state: 'sent',
    rule: null,
    answer: '250 queued',
  })
})

it('tries a destination out ten times in ten minutes, and no more', async () => {
  const id = await destination(operator)

  const answers = []
  for (let time = 0; time < 11; time += 1)
    answers.push((await operator.post(`/alerts/destinations/${id}/test`)).statusCode)

  expect(answers).toEqual([...Array(10).fill(202), 429])
})

it('lists what was sent by its outcome, and sends again what failed', async () => {
  const id = await destination(operator)
  const trial = (await operator.post(`/alerts/destinations/${id}/test`)).json()
  await settleAlert(hub.database, { id: trial.id, sent: false, answer: 'no answer' })
  const failed = (await operator.get('/alerts/messages?state=failed')).json()
  expect(failed.items).toEqual([expect.objectContaining({ id: trial.id, answer: 'no answer' })])

  expect((await operator.post(`/alerts/messages/${trial.id}/retry`)).statusCode).toBe(204)

  const claimed = await claimAlerts(hub.database, { limit: 100, leaseMs: 1_000 })
  expect(claimed.map(message => message.id)).toContain(trial.id)
})

async function sealed(id: string): Promise<Buffer> {
  const { rows } = await hub.database.query<{ sealed: Buffer }>('select sealed from alert_destination where id = $1', [
    id,
  ])
  return rows[0]?.sealed ?? Buffer.alloc(0)
}
