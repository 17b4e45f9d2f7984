import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Counter, type Registry } from 'prom-client'
import { announcesBody } from './body-rules.ts'
import { answerBrokenRequest } from './broken-request.ts'

export interface BodyPace {
  /** A body that brings fewer bytes than `leastBytes` in a whole window is cut off. */
  readonly windowMs: number
  readonly leastBytes: number
  /** What a client may go on sending after its answer, so that it gets to read it. */
  readonly lingerMs: number
}

/** 1 KiB a second, a tenth of what the slowest line of a commune carries; pauses of some seconds are forgiven. */
const usualPace: BodyPace = { windowMs: 20_000, leastBytes: 20 * 1024, lingerMs: 5_000 }

/** And no more than this, however fast: a client that is refused is not a client that uploads. */
const lingerBytes = 16 * 1024 * 1024

interface Arrival {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Of the connection, at the last look; undefined before the first. */
  seenBytes: number | undefined
}

/**
 * Cuts off bodies that hold a connection without need: those that hardly arrive (408), and those that nobody reads any
 * more because the answer is given.
 */
export function cutSlowBodies(app: FastifyInstance, metrics: Registry, pace: BodyPace = usualPace): void {
  const arriving = new Set<Arrival>()
  const cut = new Counter({
    name: 'docaxis_http_cut_bodies_total',
    help: 'Request bodies cut off: too slow, or still sent long after the answer',
    labelNames: ['reason'],
    registers: [metrics],
  })

  const timer = setInterval(() => {
    for (const arrival of arriving) {
      if (keepsPace(arrival, pace.leastBytes)) continue
      arriving.delete(arrival)
      cut.inc({ reason: 'slow' })
      refuse(arrival, pace.lingerMs)
    }
  }, pace.windowMs).unref()
  app.addHook('onClose', async () => clearInterval(timer))

  app.addHook('onRequest', async (request, reply) => {
    if (!announcesBody(request.raw)) return
    const arrival = { request, reply, seenBytes: undefined }
    arriving.add(arrival)
    reply.raw.once('close', () => arriving.delete(arrival))
  })

  app.addHook('onResponse', async ({ raw }) => {
    if (!announcesBody(raw) || raw.complete !== false) return
    // Node.js drops the rest only of what nobody began to read; a connection is of no use before its end is seen.
    raw.resume()
    void lingered(raw, pace.lingerMs).then(isOver => {
      if (isOver) return
      cut.inc({ reason: 'unread' })
      raw.socket.destroy()
    })
  })
}

/** Whether the client came to the end of its body, or went away, within the time and bytes that it is given. */
async function lingered(raw: IncomingMessage, lingerMs: number): Promise<boolean> {
  const mostBytes = raw.socket.bytesRead + lingerBytes
  const until = performance.now() + lingerMs
  while (performance.now() < until && raw.socket.bytesRead < mostBytes) {
    if (raw.complete || raw.socket.destroyed) return true
    await sleep(lingerMs / 20, undefined, { ref: false })
  }
  return raw.complete || raw.socket.destroyed
}

function keepsPace(arrival: Arrival, leastBytes: number): boolean {
  const { raw } = arrival.request
  const before = arrival.seenBytes
  arrival.seenBytes = raw.socket.bytesRead
  // Bytes that wait for us to read them are our delay, not the client's.
  const clientsTurn = !raw.complete && raw.readableLength === 0
  return before === undefined || !clientsTurn || arrival.seenBytes - before >= leastBytes
}

function refuse({ request, reply }: Arrival, lingerMs: number): void {
  const { socket } = request.raw
  if (reply.raw.headersSent) {
    socket.destroy()
    return
  }
  answerBrokenRequest(Object.assign(new Error('the body hardly arrives'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
  setTimeout(() => socket.destroy(), lingerMs).unref()
}
