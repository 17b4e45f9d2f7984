import { createSocket } from 'node:dgram'
import { hostname } from 'node:os'
import { connectSyslogStream } from './syslog-stream.ts'

/** One audit entry, as a log host reads it. */
export interface SyslogEntry {
  readonly at: Date
  readonly outcome: 'success' | 'failure'
  /** What was done, such as `document.accept`: MSGID, at most 32 characters. */
  readonly action: string
  /** Structured data: ids and codes, never content. */
  readonly details: Readonly<Record<string, string | number>>
  readonly message: string
}

/** Sends and forgets: the entry is durable in the database, and no log host may hold up the hub. */
export interface Syslog {
  send(entry: SyslogEntry): void
  /** Entries that were not sent: the host was away for longer than the buffer lasts. */
  readonly dropped: number
  close(): Promise<void>
}

export interface SyslogOptions {
  /** Told when the host cannot be reached, once per outage. */
  readonly onError?: (error: Error) => void
}

export interface SyslogTransport {
  send(message: Buffer): void
  readonly dropped: number
  close(): Promise<void>
}

/**
 * @param url `udp://host:port`, `tcp://host:port` or `unix:/path` (a stream socket: Node.js has no datagrams there, so
 *   `/dev/log` of systemd is reached by UDP through its forwarder)
 */
export function openSyslog(url: string, options: SyslogOptions = {}): Syslog {
  const transport = openTransport(url, options.onError ?? (() => undefined))
  return {
    send: entry => transport.send(Buffer.from(formatEntry(entry))),
    get dropped() {
      return transport.dropped
    },
    close: () => transport.close(),
  }
}

function openTransport(url: string, onError: (error: Error) => void): SyslogTransport {
  if (url.startsWith('unix:')) return connectSyslogStream({ path: url.slice('unix:'.length) }, onError)
  const { protocol, hostname: host, port } = new URL(url)
  const target = { host: host.replace(/^\[(.+)\]$/, '$1'), port: Number(port) }
  return protocol === 'udp:' ? udp(target.host, target.port, onError) : connectSyslogStream(target, onError)
}

/** RFC 5426: one message per datagram. */
function udp(host: string, port: number, onError: (error: Error) => void): SyslogTransport {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  let dropped = 0
  socket.on('error', onError)
  socket.unref()
  return {
    send: message =>
      socket.send(message, port, host, error => {
        if (error === null) return
        dropped += 1
        onError(error)
      }),
    get dropped() {
      return dropped
    },
    close: () => new Promise(resolve => socket.close(resolve)),
  }
}

/** Facility 13, log audit (RFC 5424, table 1). */
const facility = 13
const severity = { success: 6, failure: 4 } as const
const nil = '-'

/** RFC 5424, section 6; the enterprise number is the one for documentation (RFC 5612). */
export function formatEntry({ at, outcome, action, details, message }: SyslogEntry): string {
  const priority = facility * 8 + severity[outcome]
  const header = `<${priority}>1 ${at.toISOString()} ${word(hostname(), 255)} docaxis ${process.pid} ${word(action, 32)}`
  const data = Object.entries(details).map(([name, value]) => ` ${parameterName(name)}="${escaped(String(value))}"`)
  const structured = data.length === 0 ? nil : `[docaxis@32473${data.join('')}]`
  // One entry is one line, whatever stands in it.
  return `${header} ${structured} \u{feff}${message.replace(controlCharacters, ' ')}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a log
const controlCharacters = /[\u0000-\u001f\u007f]/g

function word(text: string, most: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, most) || nil
}

function parameterName(name: string): string {
  return name.replace(/[^\x21-\x7e]|[=\]"]/g, '').slice(0, 32) || 'value'
}

function escaped(value: string): string {
  return value.replace(controlCharacters, ' ').replace(/["\\\]]/g, '\\$&')
}
