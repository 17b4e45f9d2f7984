import { connect, type NetConnectOpts, type Socket } from 'node:net'
import type { SyslogTransport } from './syslog.ts'

/** Entries held while the host is away: some minutes of a busy hub, a few megabytes at most. */
const maxQueued = 10_000
/** What a slow host has not read yet. */
const maxUnsentBytes = 4 * 1024 * 1024
const reconnectMs = 1_000

/** RFC 6587, octet counting: the length, a space, the message. Connects again by itself. */
export function connectSyslogStream(target: NetConnectOpts, onError: (error: Error) => void): SyslogTransport {
  const queue: Buffer[] = []
  let dropped = 0
  let socket: Socket | undefined
  let retry: NodeJS.Timeout | undefined
  let reported = false

  function open(): void {
    const opening = connect(target)
    opening.unref()
    opening.once('connect', () => {
      socket = opening
      reported = false
      for (const message of queue.splice(0)) opening.write(message)
    })
    opening.on('error', error => {
      if (!reported) onError(error)
      reported = true
    })
    opening.once('close', () => {
      socket = undefined
      retry = setTimeout(open, reconnectMs).unref()
    })
  }

  function send(message: Buffer): void {
    const framed = Buffer.concat([Buffer.from(`${message.length} `), message])
    if (socket?.writable && socket.writableLength < maxUnsentBytes) socket.write(framed)
    else if (socket === undefined && queue.length < maxQueued) queue.push(framed)
    else dropped += 1
  }

  async function close(): Promise<void> {
    clearTimeout(retry)
    const closing = socket
    if (closing === undefined) return
    closing.removeAllListeners('close')
    await new Promise<void>(resolve => {
      closing.once('close', () => resolve())
      closing.end()
      closing.setTimeout(1_000, () => closing.destroy())
    })
  }

  open()
  return {
    send,
    get dropped() {
      return dropped
    },
    close,
  }
}
