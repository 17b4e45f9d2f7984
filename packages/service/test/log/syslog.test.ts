import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openSyslog } from '../../src/index.ts'
import { formatEntry, type SyslogEntry } from '../../src/log/syslog.ts'

const entry: SyslogEntry = {
  at: new Date('2026-03-01T02:03:04.567Z'),
  outcome: 'success',
  action: 'document.accept',
  details: { document: 'd-1', system: 's#1' },
  message: 'accepted',
}

interface LogHost {
  readonly server: Server
  /** Everything received so far. */
  text(): string
  close(): Promise<void>
}

async function logHost(target: { port: number } | { path: string }): Promise<LogHost> {
  let received = ''
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('data', chunk => {
      received += String(chunk)
    })
  })
  server.listen({ host: '127.0.0.1', ...target })
  await once(server, 'listening')
  return {
    server,
    text: () => received,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

it('writes an entry as RFC 5424 does, facility log audit', () => {
  expect(formatEntry(entry)).toMatch(
    /^<110>1 2026-03-01T02:03:04\.567Z \S+ docaxis \d+ document\.accept \[docaxis@32473 document="d-1" system="s#1"\] \ufeffaccepted$/,
  )
})

it('gives a failure a higher severity', () => {
  expect(formatEntry({ ...entry, outcome: 'failure' })).toMatch(/^<108>1 /)
})

it('lets no value end its field or its line', () => {
  const text = formatEntry({ ...entry, details: { 'a="b': 'x"] y\\\n<1>' }, message: 'one\ntwo' })

  expect(text).not.toContain('\n')
  expect(text).toContain('[docaxis@32473 ab="x\\"\\] y\\\\ <1>"]')
})

it('sends by UDP, one entry per datagram', async () => {
  const host = createSocket('udp4').bind(0, '127.0.0.1')
  await once(host, 'listening')
  const syslog = openSyslog(`udp://127.0.0.1:${host.address().port}`)

  syslog.send(entry)
  const [message] = await once(host, 'message')

  expect(String(message)).toBe(formatEntry(entry))
  await syslog.close()
  host.close()
})

it('sends by TCP, each entry after its length', async () => {
  const host = await logHost({ port: 0 })
  const syslog = openSyslog(`tcp://127.0.0.1:${(host.server.address() as AddressInfo).port}`)

  syslog.send(entry)
  syslog.send(entry)

  const framed = `${Buffer.byteLength(formatEntry(entry))} ${formatEntry(entry)}`
  await vi.waitFor(() => expect(host.text()).toBe(framed + framed), { timeout: 5_000 })
  await syslog.close()
  await host.close()
})

it('sends to a unix socket', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-syslog-'))
  const host = await logHost({ path: join(folder, 'log') })
  const syslog = openSyslog(`unix:${join(folder, 'log')}`)

  syslog.send(entry)

  await vi.waitFor(() => expect(host.text()).toContain('accepted'), { timeout: 5_000 })
  await syslog.close()
  await host.close()
  await rm(folder, { recursive: true })
})

it('keeps entries while the host is away, and reports the outage once', async () => {
  const free = await logHost({ port: 0 })
  const { port } = free.server.address() as AddressInfo
  await free.close()
  const errors: Error[] = []
  const syslog = openSyslog(`tcp://127.0.0.1:${port}`, { onError: error => errors.push(error) })
  await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 5_000 })

  syslog.send(entry)
  const host = await logHost({ port })

  await vi.waitFor(() => expect(host.text()).toContain('accepted'), { timeout: 10_000 })
  expect(errors).toHaveLength(1)
  expect(syslog.dropped).toBe(0)
  await syslog.close()
  await host.close()
})
