import { PassThrough } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import { everyRole } from '../access/person.ts'
import { sessionToken } from '../access/session-cookie.ts'
import type { Console } from '../console.ts'
import type { Live } from './live.ts'
import { readNow, readPulse } from './now-view.ts'

/** The browser comes back after so long when the line broke. */
const reconnectMs = 3_000

/** What flows now, what needs somebody, and how the hub is. */
export const nowRoutes: FastifyPluginAsync<{ console: Console; live: Live }> = async (app, { console, live }) => {
  app.get('/now', { config: { may: everyRole } }, async request => readNow(console, request.person.scope))

  app.get('/now/pulse', { config: { may: everyRole } }, async request => ({
    minutes: await readPulse(console, request.person.scope, '24 hours'),
  }))

  // Server-sent events (WHATWG HTML, 9.2).
  app.get('/now/live', { config: { may: everyRole, endless: true } }, async (request, reply) => {
    const stream = new PassThrough()
    stream.write(`retry: ${reconnectMs}\n\n`)
    const seat = live.watch({
      session: sessionToken(request) ?? '',
      scope: request.person.scope,
      show: view => stream.write(`data: ${JSON.stringify(view)}\n\n`),
      beat: () => stream.write(': beat\n\n'),
      end: why => stream.end(`event: ${why}\ndata:\n\n`),
    })
    stream.once('close', () => seat.stop())
    // A proxy that collects answers would hold back every line.
    return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream)
  })
}
