import { createHash, createPrivateKey } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCertificate } from '@docaxis/pki'
import { signEnvelope } from '@docaxis/signature'
import { createVxpKit, envelopeXml, repeated, runKitLoop, type VxpKit } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DemoAgencyRow } from '../src/index.ts'
import { type HubProcess, startHubProcess } from './support/hub-process.ts'

let folder: string
let hub: HubProcess
let settings: { DOCAXIS_DATA_DIR: string; DOCAXIS_HTTP_PORT: string }
let restarting = Promise.resolve()
const kits: VxpKit[] = []
const subject = 'V/v kill -9, số'

beforeEach(async () => {
  restarting = Promise.resolve()
  folder = await mkdtemp(join(tmpdir(), 'docaxis-hub-vxp-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  settings = { DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_HTTP_PORT: String(await freePort()) }
  hub = await startHubProcess(settings)
})
afterEach(async () => {
  for (const kit of kits) kit.close()
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('loses and doubles nothing for the kits of demo agencies while it is killed with kill -9', async () => {
  const ministry = await kitOf('G98', '2.0.0')
  const province = await kitOf('H99', '2.0.1')
  const stored = new Map<string, Buffer>()
  // The demo country's own letters come in between.
  const received = () => [...stored.values()].filter(file => file.includes(subject))
  const files = await Promise.all(Array.from({ length: 24 }, (_none, index) => letter(index)))
  const kills = new Set([4, 12, 20])

  let sent = 0
  const docIds: unknown[] = []
  const sending = Promise.all(
    [files.slice(0, 12), files.slice(12)].map(async part => {
      for (const file of part) {
        const parameters = { servicetype: 'eDoc', messagetype: 'edoc', from: 'G98' }
        const calling = repeated(() => ministry.sendEdoc(parameters, file))
        sent += 1
        // Under way, or answered a moment ago.
        if (kills.delete(sent)) await restart()
        const { DocId, ErrorCode, ErrorDesc } = await calling
        expect([ErrorCode, ErrorDesc]).toEqual(['0', 'Thành công'])
        docIds.push(DocId)
      }
    }),
  )
  const receiving = async () => {
    while (received().length < files.length) {
      await runKitLoop(province, 'edoc', stored)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    // Nothing comes twice afterwards either.
    await runKitLoop(province, 'edoc', stored)
  }
  await Promise.all([sending, receiving()])

  expect(new Set(docIds).size).toBe(files.length)
  expect(digests(received())).toEqual(digests(files))
  const { data } = await repeated(() => ministry.call('getSentEdocList', { servicetype: 'eDoc', messagetype: 'edoc' }))
  const ours = (data as readonly Record<string, string>[]).filter(({ title }) => title?.startsWith(subject))
  expect(ours).toHaveLength(files.length)
  expect(new Set(ours.map(({ receiveStatus }) => receiveStatus))).toEqual(new Set(['done']))
}, 400_000)

/** One after the other: calls of two lines of work ask for it. */
function restart(): Promise<void> {
  restarting = restarting.then(async () => {
    await hub.kill()
    hub = await startHubProcess(settings)
  })
  return restarting
}

async function kitOf(code: string, version: '2.0.0' | '2.0.1'): Promise<VxpKit> {
  const { systemId, vxpSecret } = await agencyOf(code)
  const kit = createVxpKit({
    version,
    endpoint: `http://127.0.0.1:${settings.DOCAXIS_HTTP_PORT}/XrdAdapter`,
    systemid: systemId,
    secret: vxpSecret,
    now: () => new Date(),
  })
  kits.push(kit)
  return kit
}

async function letter(index: number): Promise<Buffer> {
  const { sealKeyFile, sealCertFile } = await agencyOf('G98')
  const demo = join(settings.DOCAXIS_DATA_DIR, 'demo')
  const [key, cert] = await Promise.all([readFile(join(demo, sealKeyFile)), readFile(join(demo, sealCertFile), 'utf8')])
  const wish = { sender: 'G98', receivers: ['H99'], subject: `${subject} ${index}`, issuedOn: '2026-01-05' }
  return signEnvelope(envelopeXml(wish), { privateKey: createPrivateKey(key), certificates: [parseCertificate(cert)] })
}

async function agencyOf(code: string): Promise<DemoAgencyRow> {
  const path = join(settings.DOCAXIS_DATA_DIR, 'demo', 'agencies.json')
  const rows = JSON.parse(await readFile(path, 'utf8')) as readonly DemoAgencyRow[]
  const row = rows.find(candidate => candidate.code === code)
  if (!row) throw new Error(`no demo agency ${code}`)
  return row
}

function digests(files: readonly Buffer[]): string[] {
  return files.map(file => createHash('sha256').update(file).digest('hex')).sort()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
