import { type Database, redirectStranded, settleJoined } from '@docaxis/store'
import { pause } from '../processes.ts'

/** One delivery of a packet that has come to rest. */
export interface RestingDelivery {
  readonly id: string
  readonly resolved: string
}

/** Waits for packets of all histories at once: one look at the database instead of a call for each. */
export interface Settler {
  /** @returns the deliveries of a packet once it is routed, in its mailboxes, and nowhere under way to a closed agency */
  settled(packetId: string): Promise<readonly RestingDelivery[]>
  stop(): Promise<void>
}

const everyMs = 60
/** Whoever has waited so long waits for what came late; time between two looks for it. */
const lateAfterMs = 300
const patienceMs = 300_000
const lateLimit = 1_000

const restingSql = `
select document.id as packet, delivery.id, coalesce(delivery.moved_from, delivery.receiver) as resolved
  from document
  join delivery on delivery.document_id = document.id
 where document.id = any($1)
   and not exists (select from unrouted where unrouted.document_id = document.id)
   and not exists (select from delivery as other
                     join agency on agency.code = other.receiver
                    where other.document_id = document.id
                      and (other.state = 'routed'
                           or other.state in ('available', 'fetched') and agency.valid_to is not null))
   and not exists (select from delivery as joined
                     join delivery as first on first.id = joined.joined_to
                    where joined.document_id = document.id and joined.state = 'held'
                      and first.state in ('acknowledged', 'failed', 'withdrawn'))`

interface Waiting {
  readonly packet: string
  readonly since: number
  readonly resolve: (deliveries: readonly RestingDelivery[]) => void
  readonly reject: (error: Error) => void
}

/**
 * What is routed late to a closed agency is sent on by the delivery service every half minute; a further instance of it,
 * which any number may be, does so here.
 */
export function startSettler(database: Database): Settler {
  let waiting: readonly Waiting[] = []
  let running = true

  async function sendLateOnesOn(): Promise<void> {
    await database.transaction(tx => redirectStranded(tx, { actor: 'service:delivery', limit: lateLimit }))
    await database.transaction(tx => settleJoined(tx, lateLimit))
  }

  async function look(): Promise<void> {
    const packets = waiting.map(({ packet }) => packet)
    const { rows } = await database.query<RestingDelivery & { packet: string }>(restingSql, [packets])
    const resting = Map.groupBy(rows, row => row.packet)
    const now = performance.now()
    const asked = waiting
    waiting = asked.filter(({ packet, since }) => !resting.has(packet) && now < since + patienceMs)
    for (const { packet, resolve, reject, since } of asked) {
      const deliveries = resting.get(packet)
      if (deliveries) resolve(deliveries)
      else if (now >= since + patienceMs) reject(new Error(`packet ${packet} did not come to rest`))
    }
  }

  async function run(): Promise<void> {
    let lateAt = 0
    while (running) {
      if (waiting.length > 0) await look()
      const before = performance.now() - lateAfterMs
      if (lateAt < before && waiting.some(({ since }) => since < before)) {
        await sendLateOnesOn()
        lateAt = performance.now()
      }
      await pause(everyMs)
    }
  }

  const loop = run()
  return {
    settled: packet =>
      new Promise((resolve, reject) => {
        waiting = [...waiting, { packet, resolve, reject, since: performance.now() }]
      }),
    async stop() {
      running = false
      await loop
    },
  }
}
