import { type ChildProcess, spawn } from 'node:child_process'
import { createPrivateKey, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { createClient } from '@docaxis/client'
import { parseCertificate } from '@docaxis/pki'
import { signEnvelope } from '@docaxis/signature'
import { envelopeXml } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DemoAgencyRow } from '../src/index.ts'
import { eventually } from './support/eventually.ts'
import { type HubProcess, startHubProcess } from './support/hub-process.ts'

const command = resolve(import.meta.dirname, '../../../packages/client/src/command/main.ts')
const mebibyte = 1024 * 1024
/** A part of the client, and a bit: the second one is on its way when the line falls silent. */
const silentAfterBytes = 12 * mebibyte

let folder: string
let settings: { DOCAXIS_DATA_DIR: string; DOCAXIS_HTTP_PORT: string }
let hub: HubProcess
let line: Awaited<ReturnType<typeof openLine>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-hub-upload-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  const free = await openLine(0)
  settings = { DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_HTTP_PORT: String(free.port) }
  await free.close()
  hub = await startHubProcess(settings)
  line = await openLine(Number(settings.DOCAXIS_HTTP_PORT))
})
afterEach(async () => {
  await line?.close()
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('goes on with a large document after kill -9 of the sender and of the hub, and sends no part of it twice', async () => {
  const xml = await letter()
  await writeFile(join(folder, 'large.edxml'), xml)
  line.silentAfter(silentAfterBytes)

  const killed = send()
  await eventually('the first part', async () => ((await uploadedBytes()) > 8 * mebibyte ? true : undefined), 120_000)
  await Promise.all([hub.kill(), kill(killed)])
  hub = await startHubProcess(settings)
  line.silentAfter(Number.POSITIVE_INFINITY)
  const again = send()
  const [[code], out] = await Promise.all([once(again, 'exit'), text(again.stdout as NonNullable<typeof again.stdout>)])

  expect(code).toBe(0)
  // One part came whole before the end of everything.
  expect(line.carriedBytes()).toBeLessThan(xml.length - 7 * mebibyte)
  expect(await readdir(uploads())).toEqual([])
  const { token } = await agencyOf('H99')
  const receiver = createClient({ url: hub.url, token })
  const { documentId, sha256 } = JSON.parse(out)
  const items = await eventually('the delivery', async () => {
    const found = (await Array.fromAsync(receiver.inbox())).filter(item => item.documentId === documentId)
    return found.length > 0 ? found : undefined
  })
  expect(items).toHaveLength(1)
  const fetched = await receiver.fetchDelivery(items[0]?.deliveryId ?? '', join(folder, 'fetched.edxml'), { sha256 })
  expect((await readFile(fetched.file)).equals(xml)).toBe(true)
}, 400_000)

function send(): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DOCAXIS_'))
  const env = {
    ...Object.fromEntries(inherited),
    DOCAXIS_URL: `http://127.0.0.1:${line.port}`,
    DOCAXIS_DATA_DIR: settings.DOCAXIS_DATA_DIR,
    XDG_STATE_HOME: join(folder, 'state'),
    INIT_CWD: folder,
  }
  const args = ['--disable-warning=ExperimentalWarning', command, '--as', 'G98', '--json', 'send', 'large.edxml']
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const uploads = () => join(settings.DOCAXIS_DATA_DIR, 'blobs', 'uploads')

/** Of the one upload there is. */
async function uploadedBytes(): Promise<number> {
  const [name] = await readdir(uploads())
  return name === undefined ? 0 : (await readFile(join(uploads(), name))).length
}

async function letter(): Promise<Buffer> {
  const { sealKeyFile, sealCertFile } = await agencyOf('G98')
  const demo = join(settings.DOCAXIS_DATA_DIR, 'demo')
  const [key, cert] = await Promise.all([readFile(join(demo, sealKeyFile)), readFile(join(demo, sealCertFile), 'utf8')])
  const attachments = [{ name: 'ban-do.bin', content: randomBytes(30 * mebibyte) }]
  const wish = { sender: 'G98', receivers: ['H99'], issuedOn: '2026-01-05', attachments }
  return signEnvelope(envelopeXml(wish), { privateKey: createPrivateKey(key), certificates: [parseCertificate(cert)] })
}

async function agencyOf(code: string): Promise<DemoAgencyRow> {
  const path = join(settings.DOCAXIS_DATA_DIR, 'demo', 'agencies.json')
  const rows = JSON.parse(await readFile(path, 'utf8')) as readonly DemoAgencyRow[]
  const row = rows.find(candidate => candidate.code === code)
  if (!row) throw new Error(`no demo agency ${code}`)
  return row
}

/** A line to the hub that can fall silent: after so many bytes nothing more gets through, and nothing breaks. */
async function openLine(toPort: number) {
  let limit = Number.POSITIVE_INFINITY
  let carried = 0
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const hubSide = connect(toPort, '127.0.0.1')
    for (const socket of [client, hubSide]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => {
        client.destroy()
        hubSide.destroy()
      })
    }
    client.on('data', chunk => {
      if (carried + chunk.length > limit) {
        client.pause()
        return
      }
      carried += chunk.length
      hubSide.write(chunk)
    })
    hubSide.pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** Counts anew from now. */
    silentAfter(bytes: number) {
      limit = bytes
      carried = 0
    },
    carriedBytes: () => carried,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
