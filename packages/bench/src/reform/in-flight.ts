import {
  acknowledgeDeliveries,
  type Database,
  holdDeliveriesOf,
  insertDeliveries,
  markAllFetched,
  newHubId,
  receiversToRoute,
  releaseDeliveries,
  takeUnrouted,
} from '@docaxis/store'
import { acceptDocuments } from '@docaxis/testkit'
import { below, chance, pick, type Random, shuffled } from '../random.ts'
import type { Country } from './made-up-country.ts'

/** How far a document has come when the reform is done. */
type Stage = 'unrouted' | 'routed' | 'available' | 'fetched' | 'held' | 'acknowledged'

interface Plan {
  readonly stage: Stage
  readonly receivers: readonly string[]
}

const batchSize = 500
const leaseMs = 30 * 60_000

/**
 * Documents under way to every district and every commune, in all states, and some that were taken already, with a
 * deadline. They go through the store as the services bring them there.
 *
 * @returns ids of the documents that are not routed yet
 */
export async function fillMailboxes(
  database: Database,
  country: Country,
  random: Random,
  counts: { readonly inFlight: number; readonly taken: number },
): Promise<string[]> {
  const waiting = Array.from({ length: counts.inFlight }, () => stageInFlight(random))
  const stages = [...waiting, ...Array.from({ length: counts.taken }, () => 'acknowledged' as const)]
  const places = [...country.districts, ...country.communes]
  const each = shuffled(random, places)
  const plans = stages.map((stage, index) => ({
    stage,
    receivers: receiversOf(country, random, each[index] ?? pick(random, places)),
  }))
  const unrouted: string[] = []
  for (const [stage, ofStage] of Map.groupBy(plans, plan => plan.stage)) {
    for (let start = 0; start < ofStage.length; start += batchSize) {
      const ids = await accept(database, country, ofStage.slice(start, start + batchSize))
      if (stage === 'unrouted') unrouted.push(...ids)
      else await bringTo(database, stage, ids)
    }
  }
  return unrouted
}

function stageInFlight(random: Random): Stage {
  if (chance(random, 0.02)) return 'unrouted'
  if (chance(random, 0.05)) return 'held'
  if (chance(random, 0.1)) return 'routed'
  return chance(random, 0.25) ? 'fetched' : 'available'
}

/** One place in most documents, a few neighbours in some, all communes of a district in a few. */
function receiversOf(country: Country, random: Random, first: string): string[] {
  const district = country.districtOf.get(first)
  if (district === undefined || chance(random, 0.7)) return [first]
  const neighbours = country.communes.filter(code => country.districtOf.get(code) === district && code !== first)
  const further = chance(random, 0.15) ? neighbours : neighbours.slice(0, below(random, 5))
  return [first, ...further]
}

async function accept(database: Database, country: Country, plans: readonly Plan[]): Promise<string[]> {
  const level = new Map<string, 'district' | 'commune'>(country.districts.map(code => [code, 'district']))
  return acceptDocuments(
    database,
    plans.map(({ receivers }) => ({
      sender: 'G22',
      systemId: 'government',
      receivers: receivers.map(code => ({ written: code, resolved: code, level: level.get(code) ?? 'commune' })),
    })),
  )
}

/** Makes deliveries as the router does. */
export async function routeDocuments(database: Database, documentIds: readonly string[]): Promise<string[]> {
  return database.transaction(async tx => {
    const { routable } = await receiversToRoute(tx, documentIds)
    const deliveries = routable.map(({ documentId, receiver, written, level }) => ({
      id: newHubId(),
      documentId,
      kind: 'document' as const,
      receiver,
      receiverWritten: written,
      level,
      priority: 0,
    }))
    await insertDeliveries(tx, deliveries)
    await takeUnrouted(tx, documentIds)
    return deliveries.map(({ id }) => id)
  })
}

async function bringTo(database: Database, stage: Stage, documentIds: readonly string[]): Promise<void> {
  const ids = await routeDocuments(database, documentIds)
  if (stage === 'routed') return
  await database.transaction(async tx => {
    await releaseDeliveries(tx, ids)
    if (stage === 'held') await holdDeliveriesOf(tx, documentIds, { reason: 'rehearsal' })
    const { rows } = await tx.query<{ receiver: string }>('select distinct receiver from delivery where id = any($1)', [
      ids,
    ])
    const agencies = rows.map(({ receiver }) => receiver)
    if (stage === 'fetched') await markAllFetched(tx, { deliveryIds: ids, agencies, systemId: 'government', leaseMs })
    if (stage !== 'acknowledged') return
    await acknowledgeDeliveries(tx, { ids, agencies, systemId: 'government' })
    await tx.query(`update document set due_on = '2025-08-01' where id = any($1)`, [documentIds])
  })
}
