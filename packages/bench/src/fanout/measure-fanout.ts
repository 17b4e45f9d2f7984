import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Database, openDatabase } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'
import { createVxpKit, type VxpKit } from '@docaxis/testkit'
import { request } from 'undici'
import { startKafka, stopKafka } from '../../../../deploy/local/kafka.ts'
import { openApi } from '../load/api.ts'
import { agencyOf, type DemoAgency, readCountry } from '../load/country.ts'
import { sealedDocument } from '../load/documents.ts'
import { measureCost } from '../load/measure-cost.ts'
import {
  freePort,
  pause,
  type RunningProgram,
  repositoryRoot,
  startProgram,
  stopProgram,
  untilReady,
} from '../processes.ts'
import { quiet } from '../quiet.ts'
import { scratchFolder } from '../scratch.ts'
import { percentile } from '../statistics.ts'
import type { Shape } from '../throughput-shapes.ts'
import { addCommunes, communeCode, type FanSystem, makeFanCountry } from './fan-country.ts'
import { storeDeliveries } from './stored-deliveries.ts'

export interface FanoutSize {
  /** Receivers of each document that is sent to many. */
  readonly fans: readonly number[]
  readonly systems: number
  /** Acknowledged deliveries in the tables when mailboxes are listed. */
  readonly stored: number
  /** Agencies of the directory when it is listed. */
  readonly directory: number
  readonly lists: number
}

export interface Spread {
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

export interface FanoutResult {
  readonly fans: readonly { readonly receivers: number; readonly acceptedMs: number; readonly filledMs: number }[]
  readonly stored: number
  readonly inboxMs: Spread
  readonly pollMs: Spread
  readonly vxpPollMs: Spread
  readonly lists: {
    readonly agencies: number
    readonly firstMs: number
    readonly allMs: number
    readonly grownBytes: number
  }
}

const warmUpDocuments = 20
const inboxCalls = 2_000
const pollWithinMs = 1_000
/** Counting thousands of rows each time would take milliseconds from those who fill the mailboxes. */
const lookMs = 50

/** A running hub on a database that the bench sees into. */
interface Stage {
  readonly hub: RunningProgram
  readonly database: Database
  readonly sender: DemoAgency
  readonly operatorToken: string
}

/** One document to thousands, then thousands who ask for it. */
export async function measureFanout(shape: Shape, size: FanoutSize): Promise<FanoutResult> {
  const folder = await scratchFolder()
  const kafkaFolder = join(folder, 'kafka')
  const kafka =
    shape === 'distributed'
      ? await startKafka({ folder: kafkaFolder, cacheFolder: join(repositoryRoot, '.local'), wantedPort: 0 })
      : undefined
  const postgres = await startEmbedded({ dataDir: join(folder, 'database'), log: quiet })
  const database = openDatabase({ connectionString: postgres.connectionString, statementTimeoutMs: 600_000 })
  const dataDir = join(folder, 'data')
  const hub = startProgram({
    program: 'hub',
    port: await freePort(),
    logFile: join(folder, 'hub.log'),
    env: {
      DOCAXIS_DATA_DIR: dataDir,
      DOCAXIS_DATABASE_URL: postgres.connectionString,
      DOCAXIS_LOG_LEVEL: 'warn',
      DOCAXIS_DEMO: 'on',
      ...(kafka && { DOCAXIS_KAFKA_BROKERS: kafka.brokers }),
    },
  })
  try {
    await untilReady(() => hub)
    const sender = agencyOf(await readCountry(dataDir), 'G99')
    return await measureAll({ hub, database, sender, operatorToken: await operatorTokenOf(dataDir) }, size)
  } finally {
    await stopProgram(hub)
    await database.close()
    await postgres.stop()
    if (kafka) await stopKafka(kafkaFolder)
  }
}

async function measureAll(stage: Stage, size: FanoutSize): Promise<FanoutResult> {
  const systems = await makeFanCountry(stage.database, { communes: Math.max(...size.fans), systems: size.systems })
  for (let index = 0; index < warmUpDocuments; index += 1) await fan(stage, `warm-${index}`, 100)

  const fans = []
  let last = ''
  for (const receivers of size.fans) {
    const { id, ...times } = await fan(stage, `fan-${receivers}`, receivers)
    fans.push({ receivers, ...times })
    last = id
  }
  const stored = await storeDeliveries(stage.database, last, size.stored)
  return {
    fans,
    stored,
    inboxMs: await inboxes(stage, systems),
    pollMs: await polls(stage, systems),
    vxpPollMs: await vxpPolls(stage, systems),
    lists: await directoryLists(stage, systems, size),
  }
}

/** Sends one document to `receivers` communes and waits until the last of their mailboxes shows it. */
async function fan({ hub, database, sender }: Stage, documentId: string, receivers: number) {
  const communes = Array.from({ length: receivers }, (_, index) => ({ code: communeCode(index), name: `Xã ${index}` }))
  const envelope = sealedDocument(sender, { documentId, receivers: communes, bytes: 10_000 })
  const api = openApi(hub.url, sender.token, 1)
  const startedAt = performance.now()
  const { status, body } = await api.send(envelope)
  const acceptedMs = performance.now() - startedAt
  if (status !== 202) throw new Error(`the hub answered ${status}: ${body}`)
  const { id } = JSON.parse(body.toString()) as { id: string }
  while (!(await isFilled(database, id))) await pause(lookMs)
  const filledMs = performance.now() - startedAt
  await api.close()
  const waiting = await waitingOf(database, id)
  if (waiting !== receivers) throw new Error(`${waiting} mailboxes of ${receivers} have it`)
  return { id, acceptedMs, filledMs }
}

// All deliveries of a document are made in one transaction, and no other document is under way: so it is enough to look
// for any that is not released, which an index of those alone answers.
const filledSql = `
select exists (select from delivery where document_id = $1)
       and not exists (select from delivery where state = 'routed') as filled`

async function isFilled(database: Database, document: string): Promise<boolean> {
  const { rows } = await database.query<{ filled: boolean }>(filledSql, [document])
  return rows[0]?.filled === true
}

const waitingSql = "select count(*)::integer as count from delivery where document_id = $1 and state = 'available'"

async function waitingOf(database: Database, document: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(waitingSql, [document])
  return rows[0]?.count ?? 0
}

async function inboxes({ hub }: Stage, systems: readonly FanSystem[]): Promise<Spread> {
  const times: number[] = []
  for (let call = 0; call < inboxCalls; call += 1) times.push(await inboxMs(hub, systems[call % systems.length]))
  return spreadOf(times)
}

/** Every system asks once within the same second. */
function polls({ hub }: Stage, systems: readonly FanSystem[]): Promise<Spread> {
  return inOneSecond(systems, system => inboxMs(hub, system))
}

async function vxpPolls(stage: Stage, systems: readonly FanSystem[]): Promise<Spread> {
  const kits = await vxpKits(stage, systems)
  const spread = await inOneSecond(kits, async kit => {
    const at = performance.now()
    const { status } = await kit.getReceivedEdocList({ servicetype: 'eDoc', messagetype: 'edoc' })
    if (status !== 'OK') throw new Error('getReceivedEdocList failed')
    return performance.now() - at
  })
  for (const kit of kits) kit.close()
  return spread
}

async function inOneSecond<T>(callers: readonly T[], call: (caller: T) => Promise<number>): Promise<Spread> {
  const every = pollWithinMs / callers.length
  return spreadOf(
    await Promise.all(
      callers.map(async (caller, index) => {
        await pause(index * every)
        return call(caller)
      }),
    ),
  )
}

async function inboxMs(hub: RunningProgram, system: FanSystem | undefined): Promise<number> {
  const at = performance.now()
  const headers = { authorization: `Bearer ${system?.token}` }
  const { statusCode, body } = await request(`${hub.url}/api/v1/inbox`, { headers })
  await body.arrayBuffer()
  if (statusCode !== 200) throw new Error(`the inbox answered ${statusCode}`)
  return performance.now() - at
}

/** Many kits want the whole directory at once, as they do after a restart of their province's network. */
async function directoryLists(stage: Stage, systems: readonly FanSystem[], { directory, lists, fans }: FanoutSize) {
  await addCommunes(stage.database, Math.max(...fans), directory, systems.length)
  const kits = await vxpKits(stage, systems.slice(0, lists))
  const firstAt = performance.now()
  const [agencies = 0] = await Promise.all(kits.slice(0, 1).map(listAll))
  const firstMs = performance.now() - firstAt

  const idle = measureCost({ hubPid: stage.hub.pid, otherPids: [] })
  await pause(2_000)
  const idleBytes = idle.stop().peakBytes
  const cost = measureCost({ hubPid: stage.hub.pid, otherPids: [] })
  const allAt = performance.now()
  await Promise.all(kits.map(listAll))
  const allMs = performance.now() - allAt
  const grownBytes = cost.stop().peakBytes - idleBytes
  for (const kit of kits) kit.close()
  return { agencies, firstMs, allMs, grownBytes }
}

async function listAll(kit: VxpKit): Promise<number> {
  const { status, data } = await kit.call('getAgenciesList')
  if (status !== 'OK' || !Array.isArray(data)) throw new Error('getAgenciesList failed')
  return data.length
}

async function vxpKits(stage: Stage, systems: readonly FanSystem[]): Promise<VxpKit[]> {
  const kits: VxpKit[] = []
  for (const system of systems) kits.push(await vxpKitOf(stage, system))
  return kits
}

async function vxpKitOf({ hub, operatorToken }: Stage, { id }: FanSystem): Promise<VxpKit> {
  const { statusCode, body } = await request(`${hub.url}/api/v1/admin/systems/${id}/vxp-secrets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
    body: '{}',
  })
  const answer = await body.text()
  if (statusCode !== 201) throw new Error(`no secret for ${id}: ${answer}`)
  const { secret } = JSON.parse(answer) as { secret: string }
  return createVxpKit({
    version: '2.0.1',
    endpoint: `${hub.url}/XrdAdapter`,
    systemid: id,
    secret,
    now: () => new Date(),
  })
}

async function operatorTokenOf(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'demo', 'operator-token'), 'utf8')).trim()
}

function spreadOf(times: readonly number[]): Spread {
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), longest: Math.max(...times) }
}
