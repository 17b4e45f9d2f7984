import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@docaxis/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DemoAgencyRow } from '../src/index.ts'
import { eventually } from './support/eventually.ts'
import { refusedStart, startHubProcess } from './support/hub-process.ts'

let folder: string
let data: { DOCAXIS_DATA_DIR: string }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-hub-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  data = { DOCAXIS_DATA_DIR: join(folder, 'data') }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('starts, keeps its demo over a stop and a kill -9, and stops with exit code 0', async () => {
  const first = await startHubProcess(data)
  const made = await demoAgencies()
  expect(await first.stop()).toBe(0)

  const second = await startHubProcess(data)
  await second.kill()

  const third = await startHubProcess(data)
  expect(await demoAgencies()).toEqual(made)
  const client = createClient({ url: third.url, token: made[0]?.token ?? '' })
  expect(await client.agency('000.00.00.H99')).toMatchObject({ code: 'H99' })
  expect(await third.stop()).toBe(0)
})

it('goes on serving after its PostgreSQL was killed with kill -9', async () => {
  const hub = await startHubProcess(data)
  const [agency] = await demoAgencies()
  const client = createClient({ url: hub.url, token: agency?.token ?? '', maxAttempts: 20 })
  const killed = await postmasterPid()

  process.kill(killed, 'SIGKILL')

  await eventually('another PostgreSQL', async () => {
    const pid = await postmasterPid().catch(() => killed)
    return pid === killed ? undefined : pid
  })
  expect(await client.agency('H99')).toMatchObject({ code: 'H99' })
  expect(await hub.stop()).toBe(0)
})

it('makes new demo keys and tokens when their folder is gone, and works with them', async () => {
  const first = await startHubProcess(data)
  const [before] = await demoAgencies()
  await first.stop()
  await rm(join(data.DOCAXIS_DATA_DIR, 'demo'), { recursive: true })

  const second = await startHubProcess(data)

  const [after] = await demoAgencies()
  expect(after?.token).not.toBe(before?.token)
  const mail = createClient({ url: second.url, token: after?.token ?? '' }).inbox()
  await expect(Array.fromAsync(mail)).resolves.toBeInstanceOf(Array)
  await second.stop()
})

it('refuses a second hub on the same data folder, and names the first', async () => {
  const first = await startHubProcess(data)

  const { code, said } = await refusedStart(data)

  expect({ code, named: said.includes(String(first.child.pid)) }).toEqual({ code: 2, named: true })
  await first.stop()
})

it('says that the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo

  const { code, said } = await refusedStart({ ...data, DOCAXIS_HTTP_PORT: String(port) })

  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(`port ${port} is taken`) })
  other.close()
})

it('asks for DOCAXIS_ENVIRONMENT when it is no demo', async () => {
  const { code, said } = await refusedStart({ ...data, DOCAXIS_DEMO: 'off' })

  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('DOCAXIS_ENVIRONMENT') })
})

it('without the demo makes an operator whose token only its user can read, and no demo folder', async () => {
  const hub = await startHubProcess({ ...data, DOCAXIS_DEMO: 'off', DOCAXIS_ENVIRONMENT: 'test' })

  const file = join(data.DOCAXIS_DATA_DIR, 'operator-token')
  const token = (await readFile(file, 'utf8')).trim()
  const answer = await fetch(`${hub.url}/api/v1/admin/systems`, { headers: { authorization: `Bearer ${token}` } })

  expect(answer.status).toBe(200)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(demoAgencies()).rejects.toMatchObject({ code: 'ENOENT' })
  await hub.stop()
})

it('never turns a hub into a demo afterwards', async () => {
  const hub = await startHubProcess({ ...data, DOCAXIS_DEMO: 'off', DOCAXIS_ENVIRONMENT: 'test' })
  await hub.stop()

  const { code, said } = await refusedStart({ ...data, DOCAXIS_DEMO: 'on' })

  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('not a demo') })
})

it('refuses the authority of a demo as an anchor of a hub that is none', async () => {
  const demo = await startHubProcess(data)
  await demo.stop()
  const real = { DOCAXIS_DATA_DIR: join(folder, 'real'), DOCAXIS_DEMO: 'off', DOCAXIS_ENVIRONMENT: 'test' }

  const { code, said } = await refusedStart({ ...real, DOCAXIS_ANCHORS_DIR: join(data.DOCAXIS_DATA_DIR, 'demo') })

  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('demo authority') })
})

async function postmasterPid(): Promise<number> {
  const [pid] = (await readFile(join(data.DOCAXIS_DATA_DIR, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

async function demoAgencies(): Promise<readonly DemoAgencyRow[]> {
  return JSON.parse(await readFile(join(data.DOCAXIS_DATA_DIR, 'demo', 'agencies.json'), 'utf8'))
}
