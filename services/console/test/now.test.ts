import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { endSessionsOf, reportHealth } from '@docaxis/store/console'
import { acceptDocument, emptyTables } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
let port: number

beforeAll(async () => {
  hub = await testConsole()
  await hub.app.listen({ host: '127.0.0.1', port: 0 })
  const address = hub.app.server.address()
  if (address === null || typeof address === 'string') throw new Error('the console does not listen')
  port = address.port
  hub.live.start()
})
afterAll(() => hub?.close())

const lines: Line[] = []
beforeEach(() =>
  // A line of the test before may still be counting; a deadlock with it is tried again.
  hub.database.transaction(tx =>
    emptyTables(tx, 'document', 'document_event', 'traffic_pair', 'traffic_level', 'process_health'),
  ),
)
afterEach(() => {
  for (const line of lines.splice(0)) line.close()
})

it('shows what flows between the levels as soon as somebody watches', async () => {
  await send('G99', 'H99.05')
  const line = await watch(await signedIn(hub, { scope: { everything: true } }))

  const view = await line.next(view => view.flows.length > 0)

  expect(view.flows).toMatchObject([{ from: 'central', to: 'commune', accepted: 1, late: 0 }])
  expect(view.levels).toEqual(['central', 'province', 'commune'])
})

it('shows what has come since, on the same line', async () => {
  await send('G99', 'H99.05')
  const line = await watch(await signedIn(hub, { scope: { everything: true } }))
  await line.next(view => view.flows.length > 0)

  await send('G99', 'H99.06')

  const view = await line.next(view => view.flows[0]?.accepted === 2)
  expect(view.minutes.reduce((sum, [, accepted]) => sum + accepted, 0)).toBe(2)
})

it('shows nobody more than their scope', async () => {
  await send('G99', 'H99.05')
  await send('G98', 'K01')
  const line = await watch(await signedIn(hub, { scope: { subtrees: ['H98'] } }))

  const view = await line.next(view => view.flows.length > 0)

  expect(view.flows).toMatchObject([{ from: 'central', to: 'commune', accepted: 1 }])
})

it('ends with the session', async () => {
  const person = await signedIn(hub, { scope: { everything: true } })
  const line = await watch(person)
  await line.next(() => true)

  await endSessionsOf(hub.database, person.accountId)

  expect(await line.rest()).toContain('event: session')
})

it('is for nobody who is not signed in', async () => {
  const answers = await Promise.all(
    ['/now', '/now/pulse', '/now/live'].map(path => hub.app.inject({ url: `/console/api${path}` })),
  )

  expect(answers.map(answer => answer.statusCode)).toEqual([401, 401, 401])
})

it('says of each service how it was when it last looked at itself', async () => {
  await reportHealth(hub.database, 'one', {
    services: ['gateway', 'router'],
    checks: [
      { name: 'database', ok: true, detail: 'answers' },
      { name: 'authorities', ok: false, detail: '1 of 2 addresses do not answer', advisory: true },
    ],
  })
  await reportHealth(hub.database, 'two', { services: ['notary'], checks: [] })
  await hub.database.query("update process_health set checked_at = now() - interval '5 minutes' where id = 'two'")

  const view = (await (await signedIn(hub, { scope: { everything: true } })).get('/now')).json()

  expect(view.health).toMatchObject([
    { name: 'gateway', state: 'good' },
    { name: 'router', state: 'good' },
    { name: 'notary', state: 'silent' },
    { name: 'database', state: 'good' },
    { name: 'authorities', state: 'warning', detail: '1 of 2 addresses do not answer' },
  ])
})

it('shows the inside of the hub to its staff only', async () => {
  const checks = [{ name: 'database', ok: false, detail: 'does not answer' }]
  await reportHealth(hub.database, 'one', { services: ['gateway'], checks })

  const view = (await (await signedIn(hub, { scope: { subtrees: ['H99'] } })).get('/now')).json()

  expect(view.health.at(-1)).toEqual({ name: 'database', kind: 'part', state: 'bad', checkedAt: expect.any(String) })
})

function send(sender: string, receiver: string): Promise<string> {
  const level = 'commune' as const
  return acceptDocument(hub.database, {
    sender,
    receivers: [{ written: receiver, resolved: receiver, level, name: receiver }],
  })
}

interface View {
  readonly flows: readonly { readonly accepted: number }[]
  readonly levels: readonly string[]
  readonly minutes: readonly (readonly [number, number, number, number])[]
}

interface Line {
  /** The next view of which this is true. */
  next(wanted: (view: View) => boolean): Promise<View>
  /** All that still comes until the other side ends it. */
  rest(): Promise<string>
  close(): void
}

async function watch({ headers }: SignedIn): Promise<Line> {
  const request = httpRequest({ host: '127.0.0.1', port, path: '/console/api/now/live', headers }).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  expect(response.headers['content-type']).toBe('text/event-stream')
  const chunks = response.setEncoding('utf8')[Symbol.asyncIterator]()
  let text = ''
  const line: Line = {
    async next(wanted) {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end < 0) {
          const { value, done } = await chunks.next()
          if (done) throw new Error('the line ended')
          text += value
          continue
        }
        const event = text.slice(0, end)
        text = text.slice(end + 2)
        if (!event.startsWith('data: {')) continue
        const view = JSON.parse(event.slice('data: '.length)) as View
        if (wanted(view)) return view
      }
    },
    async rest() {
      for (let part = await chunks.next(); !part.done; part = await chunks.next()) text += part.value
      return text
    },
    close: () => request.destroy(),
  }
  lines.push(line)
  return line
}
