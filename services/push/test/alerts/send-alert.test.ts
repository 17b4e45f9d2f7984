import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { insertTrial } from '@docaxis/store/console'
import {
  type MailServer,
  type MailServerOptions,
  testAuthority,
  testMailServer,
  testWebhookReceiver,
  type WebhookReceiver,
} from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertTest, alertTest, outsideHost } from './alert-harness.ts'

// One message to one destination, and what it answers. `smtp-server` and `mailparser` judge the mails.

let alerts: AlertTest
let chat: WebhookReceiver

beforeAll(async () => {
  alerts = await alertTest()
  chat = await testWebhookReceiver()
})
afterAll(async () => {
  await chat.close()
  await alerts.close()
})
beforeEach(() => {
  chat.received.length = 0
  chat.behave = () => ({ status: 200 })
})
afterEach(() => alerts.clear())

const trial = { title: 'Gửi thử', text: 'Một dòng\nHai dòng', link: null }

/** For those who answer, however busy the machine is. */
const patientMs = 20_000
/** For those who never do. */
const briefMs = 2_000

/** Tries a destination out and waits for what comes of it. */
async function tried(
  destinationId: string,
  text: Partial<typeof trial> = {},
  env: Readonly<Record<string, string>> = {},
  timeoutMs = patientMs,
) {
  await insertTrial(alerts.database, destinationId, { ...trial, ...text })
  await alerts.startAlerts(env, { timeoutMs })
  const [message] = await alerts.settled(1)
  return message
}

describe('a mail', () => {
  const dayMs = 86_400_000
  const user = { name: 'truc', password: 'mật khẩu dài' }

  async function withServer<T>(options: MailServerOptions, use: (server: MailServer) => Promise<T>): Promise<T> {
    const server = await testMailServer(options)
    try {
      return await use(server)
    } finally {
      await server.close()
    }
  }

  async function identity(commonName = outsideHost) {
    const dates = { notBefore: new Date(Date.now() - 2 * dayMs), notAfter: new Date(Date.now() + 2 * dayMs) }
    const authority = await testAuthority(dates)
    const server = await authority.issueIdentity({ subject: { commonName }, keyType: 'ec', ...dates })
    const file = join(alerts.secretsKeyFile, '../mail-ca.pem')
    await writeFile(file, authority.certificatePem)
    return { key: server.privateKeyPem, cert: server.certificatePem, env: { DOCAXIS_PUSH_CA_FILE: file } }
  }

  it.each([
    { security: 'tls', secure: true },
    { security: 'starttls', secure: false },
  ] as const)('goes over $security, with name and password', async ({ security, secure }) => {
    const { key, cert, env } = await identity()
    await withServer({ key, cert, secure, user }, async server => {
      const account = await alerts.account()
      const connection = {
        kind: 'mail',
        host: outsideHost,
        port: server.port,
        security,
        user: user.name,
        password: user.password,
      } as const
      const id = await alerts.mail(account, server.port, { connection })

      const message = await tried(id, {}, env)

      expect(message).toMatchObject({ state: 'sent', answer: expect.stringMatching(/^250 /) })
      const [mail] = server.received
      expect(mail).toMatchObject({ user: 'truc', secure: true, recipients: ['truc@so.example'] })
      expect(mail?.mail).toMatchObject({ subject: 'Gửi thử', from: { text: 'truc@hub.example' } })
      expect(mail?.mail.text?.trim()).toBe('Một dòng\nHai dòng')
      expect(mail?.mail.messageId).toBe(`<${message?.id}@hub.example>`)
      expect(mail?.mail.headers.get('auto-submitted')).toBe('auto-generated')
    })
  })

  it.each(['tls', 'starttls'] as const)('trusts no certificate of another host over %s', async security => {
    const { key, cert, env } = await identity('elsewhere.example')
    await withServer({ key, cert, secure: security === 'tls' }, async server => {
      const connection = { kind: 'mail', host: outsideHost, port: server.port, security } as const
      const id = await alerts.mail(await alerts.account(), server.port, { connection })

      expect(await tried(id, {}, env)).toMatchObject({ state: 'failed' })
      expect(server.received).toEqual([])
    })
  })

  it('does not go to a server that has no STARTTLS', async () => {
    await withServer({}, async server => {
      const connection = { kind: 'mail', host: outsideHost, port: server.port, security: 'starttls' } as const
      const id = await alerts.mail(await alerts.account(), server.port, { connection })

      expect(await tried(id)).toMatchObject({ state: 'failed' })
      expect(server.received).toEqual([])
    })
  })

  it('shows why the password was refused, and not the password', async () => {
    const { key, cert, env } = await identity()
    await withServer({ key, cert, secure: true, user }, async server => {
      const connection = {
        kind: 'mail',
        host: outsideHost,
        port: server.port,
        security: 'tls',
        user: 'truc',
        password: 'wrong-password',
      } as const
      const id = await alerts.mail(await alerts.account(), server.port, { connection })

      const message = await tried(id, {}, env)

      expect(message).toMatchObject({ state: 'failed', answer: expect.stringContaining('535') })
      expect(JSON.stringify(message)).not.toContain('wrong-password')
    })
  })

  it('tells who of several was not taken, and is sent to the others once', async () => {
    await withServer(
      { refuse: address => (address === 'gone@so.example' ? 'no such mailbox' : undefined) },
      async server => {
        const target = { kind: 'mail', from: 'truc@hub.example', to: ['here@so.example', 'gone@so.example'] } as const
        const id = await alerts.mail(await alerts.account(), server.port, { target })

        expect(await tried(id)).toMatchObject({
          state: 'sent',
          answer: expect.stringContaining('not taken for gone@so.example'),
        })
        expect(server.received.map(({ recipients }) => recipients)).toEqual([['here@so.example']])
      },
    )
  })

  it('has no header that its title did not mean to have', async () => {
    await withServer({}, async server => {
      const id = await alerts.mail(await alerts.account(), server.port)

      await tried(id, { title: 'Tiêu đề\r\nBcc: thief@evil.example\r\n\r\nthân thư' })

      const [mail] = server.received
      expect(mail?.mail.subject).toBe('Tiêu đề Bcc: thief@evil.example thân thư')
      expect(mail?.mail.bcc).toBeUndefined()
      expect(mail?.recipients).toEqual(['truc@so.example'])
      expect(mail?.mail.text?.trim()).toBe(trial.text)
    })
  })

  it.each([
    { whose: 'a recipient', from: 'truc@hub.example', to: 'truc@so.example\r\nBcc: thief@evil.example' },
    { whose: 'a recipient with a second one', from: 'truc@hub.example', to: 'truc@so.example, thief@evil.example' },
    { whose: 'a sender', from: 'truc@hub.example\r\nX-Evil: 1', to: 'truc@so.example' },
  ])('does not go where the address of $whose is more than one address', async ({ from, to }) => {
    await withServer({}, async server => {
      const target = { kind: 'mail', from, to: [to] } as const
      const id = await alerts.mail(await alerts.account(), server.port, { target })

      expect(await tried(id)).toMatchObject({ state: 'failed', answer: expect.stringMatching(/is no mail address$/) })
      expect(server.received).toEqual([])
    })
  })

  describe('to a server that', () => {
    let server: Server
    const sockets = new Set<Socket>()

    afterEach(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    })

    async function says(behave: (socket: Socket) => void): Promise<string> {
      server = createServer(socket => {
        sockets.add(socket)
        socket.on('error', () => undefined)
        behave(socket)
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return await alerts.mail(await alerts.account(), (server.address() as AddressInfo).port)
    }

    it.each([
      { does: 'says nothing', behave: () => undefined },
      { does: 'hangs up', behave: (socket: Socket) => socket.destroy() },
      {
        does: 'never ends its greeting',
        behave: (socket: Socket) => {
          const pour = () => {
            while (!socket.destroyed && socket.write(`220-${'x'.repeat(1_000)}\r\n`));
          }
          socket.on('drain', pour)
          pour()
        },
      },
      {
        does: 'never ends a line',
        behave: (socket: Socket) => {
          const pour = () => {
            while (!socket.destroyed && socket.write('x'.repeat(65_536)));
          }
          socket.on('drain', pour)
          pour()
        },
      },
    ])('$does is not waited for, and hung up on', async ({ behave }) => {
      const id = await says(behave)

      expect(await tried(id, {}, {}, briefMs)).toMatchObject({ state: 'failed' })
      await expect.poll(() => [...sockets].every(({ destroyed }) => destroyed), { timeout: 60_000 }).toBe(true)
    })

    it('writes on the terminal of whoever reads the log is shown on one line', async () => {
      const id = await says(socket => socket.end('554 no\u001b[31m \u202eservice\u0007\r\n'))

      const message = await tried(id)

      expect(message?.state).toBe('failed')
      expect(message?.answer).toMatch(/554 no \[31m/)
      expect(message?.answer).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    })
  })

  it.each([
    { to: 'an address of the inside', host: '10.1.2.3' },
    { to: 'a name that leads inside', host: 'inside.example' },
    { to: 'the metadata service', host: '169.254.169.254' },
  ])('does not go to $to', async ({ host }) => {
    const connection = { kind: 'mail', host, port: 25, security: 'starttls' } as const
    const id = await alerts.mail(await alerts.account(), 25, { connection })

    expect(await tried(id)).toMatchObject({ state: 'failed', answer: expect.stringContaining('inside') })
  })

  it('does not go without TLS to a host that nobody listed', async () => {
    await withServer({}, async server => {
      const id = await alerts.mail(await alerts.account(), server.port)

      const message = await tried(id, {}, { DOCAXIS_PUSH_PLAIN_HOSTS: '' })

      expect(message).toMatchObject({ state: 'failed', answer: `${outsideHost} may be reached over TLS only` })
      expect(server.received).toEqual([])
    })
  })
})

describe('a webhook', () => {
  it('gets the message in the form that its template has, with its headers and secret', async () => {
    const id = await alerts.hook(await alerts.account(), chat.url, {
      target: {
        kind: 'webhook',
        method: 'POST',
        type: 'json',
        template: '{"to":"84900","key":"{{secret}}","text":"{{title}}\\n{{text}}"}',
      },
      connection: {
        kind: 'webhook',
        url: `${chat.url}/hook`,
        headers: { authorization: 'Bearer abc' },
        secret: 'k"e\\y',
      },
    })

    const message = await tried(id, { title: 'a "quoted" title' })

    const [call] = chat.received
    expect(message).toMatchObject({ state: 'sent', answer: 'HTTP 200' })
    expect(call).toMatchObject({
      path: '/hook',
      headers: { authorization: 'Bearer abc', 'content-type': 'application/json' },
    })
    expect(JSON.parse(call?.body.toString() ?? '')).toEqual({
      to: '84900',
      key: 'k"e\\y',
      text: 'a "quoted" title\nMột dòng\nHai dòng',
    })
  })

  it('gets the text in the query where the gateway wants it there', async () => {
    const url = `${chat.url}/send?to=84900&text={{text}}`
    const id = await alerts.hook(await alerts.account(), url, {
      target: { kind: 'webhook', method: 'GET', type: 'text', template: '' },
    })

    await tried(id, { text: 'a&to=1 b#c' })

    const query = new URL(chat.received[0]?.path ?? '', chat.url).searchParams
    expect([...query]).toEqual([
      ['to', '84900'],
      ['text', 'a&to=1 b#c'],
    ])
  })

  it.each([
    { does: 'never answers', behaviour: 'hang', answer: /no whole answer within 2 s/ },
    { does: 'hangs up', behaviour: 'reset', answer: /no answer/ },
    { does: 'sends headers without end', behaviour: 'endless-headers', answer: /no answer/ },
    { does: 'answers 500', behaviour: { status: 500 }, answer: /^HTTP 500/ },
    {
      does: 'redirects inside',
      behaviour: { status: 307, headers: { location: 'http://169.254.169.254/' } },
      answer: /redirects \(307\), which nobody follows/,
    },
  ] as const)('that $does has not taken it', async ({ behaviour, answer }) => {
    chat.behave = () => behaviour
    const id = await alerts.hook(await alerts.account(), chat.url)

    const message = await tried(id, {}, {}, behaviour === 'hang' ? briefMs : patientMs)

    expect(message).toMatchObject({ state: 'failed', answer: expect.stringMatching(answer) })
    expect(chat.received).toHaveLength(1)
    await expect.poll(() => chat.connections(), { timeout: 60_000 }).toBe(0)
  })

  it('that answers 200 and then without end has taken it, and is hung up on', async () => {
    chat.behave = () => 'endless-body'
    const id = await alerts.hook(await alerts.account(), chat.url)

    expect(await tried(id)).toMatchObject({ state: 'sent', answer: 'HTTP 200' })
    await expect.poll(() => chat.connections(), { timeout: 60_000 }).toBe(0)
  })

  it.each([
    { to: 'an address of the inside', url: 'https://10.1.2.3/' },
    { to: 'a name that leads inside', url: 'https://inside.example/' },
    { to: 'an address without TLS that nobody listed', url: 'http://outside.example/' },
  ])('is not called at $to', async ({ url }) => {
    const id = await alerts.hook(await alerts.account(), url)

    expect(await tried(id)).toMatchObject({ state: 'failed', answer: expect.stringMatching(/inside|https only/) })
  })
})

it('says so when what was kept was sealed with another key', async () => {
  const id = await alerts.hook(await alerts.account(), chat.url)
  await alerts.database.query("update alert_destination set sealed = decode(repeat('00', 64), 'hex')")

  expect(await tried(id)).toMatchObject({ state: 'failed', answer: expect.stringContaining('another key') })
  expect(chat.received).toEqual([])
})
