import { isDeepStrictEqual } from 'node:util'
import { resolveReceiver } from '@docaxis/directory'
import {
  acknowledgeDeliveries,
  applyReform,
  bindSystemAgency,
  createSystem,
  type Database,
  databaseTime,
  findAgencies,
  importAgencies,
  previewReform,
  type ReformFigures,
  redirectStranded,
  releaseDeliveries,
  settleJoined,
} from '@docaxis/store'
import { seeded, seedOf } from '../random.ts'
import { countUnproven, findLost } from './check-fates.ts'
import { fillMailboxes, routeDocuments } from './in-flight.ts'
import { type Country, type CountryScale, makeCountry } from './made-up-country.ts'
import { reformFile } from './reform-file.ts'

export interface RehearsalOptions {
  readonly scale: CountryScale
  readonly seed: number
  /** Documents under way. */
  readonly documents: number
}

export interface Rehearsal {
  readonly deliveries: number
  readonly preview: ReformFigures
  readonly outcome: ReformFigures
  /** What is wrong, in sentences; empty when everything arrived or came back, with evidence, as it was previewed. */
  readonly faults: readonly string[]
  readonly previewMs: number
  readonly applyMs: number
}

/** The reform of 2025 over a made-up country on an empty database, from the first import to the last receipt owed. */
export async function rehearseReform(
  database: Database,
  { scale, seed, documents }: RehearsalOptions,
): Promise<Rehearsal> {
  const country = makeCountry(scale, seed)
  const file = reformFile(country)
  await setUp(database, country)
  const random = seeded(seedOf(seed, 1))
  const unrouted = await fillMailboxes(database, country, random, {
    inFlight: documents,
    taken: Math.ceil(documents / 40),
  })
  const taken = await deliveriesThat(database, `state = 'acknowledged'`)
  await database.query('analyze')

  const [preview, previewMs] = await timed(() => database.transaction(tx => previewReform(tx, file, { limit: 0 })))
  const [{ outcome }, applyMs] = await timed(() =>
    database.transaction(tx => applyReform(tx, file, { by: 'system:rehearsal' })),
  )
  if (outcome === undefined) throw new Error('the reform was not done')
  const faults = isDeepStrictEqual(preview.figures, outcome) ? [] : ['the preview told other figures than came true']

  faults.push(...(await findLost(database, country, taken)))
  await letLateOnesThrough(database, unrouted)
  faults.push(...(await findLost(database, country, taken)))
  faults.push(...(await findWrongCodes(database, country)))
  const deliveries = await takeEverything(database)
  const unproven = await countUnproven(database)
  if (unproven > 0) faults.push(`${unproven} deliveries ended without evidence for the sender`)
  return { deliveries, preview: preview.figures, outcome, faults, previewMs, applyMs }
}

async function setUp(database: Database, country: Country): Promise<void> {
  await database.transaction(tx => importAgencies(tx, country.agencies, { mode: 'merge' }))
  for (const center of country.centers) {
    await createSystem(database, { id: center, name: center })
    await bindSystemAgency(database, center, center)
  }
  for (const text of bindings) await database.query(text)
}

/** Centers carry for every place; districts hold seals, and one commune of twenty has a binding of its own. */
const bindings = [
  `insert into mandate (id, principal, holder, kind, valid_from)
   select 'm-' || code, code, center, 'transport', '2024-01-01' from agency where level in ('district', 'commune')`,
  `insert into agency_certificate (agency_code, sha256, der, subject, issuer, serial, not_before, not_after)
   select code, sha256(code::bytea), code::bytea, 'CN=' || code, 'CN=rehearsal', '01', '2024-01-01', '2034-01-01'
     from agency where level = 'district'`,
  `insert into system_agency (system_id, agency_code)
   select center, code from (select center, code, row_number() over (order by code) as place
                               from agency where level = 'commune') as commune
    where place % 20 = 0`,
]

/** Packets that were accepted before the reform and routed after it, to codes that it closed. */
async function letLateOnesThrough(database: Database, documentIds: readonly string[]): Promise<void> {
  const ids = await routeDocuments(database, documentIds)
  await database.transaction(tx => releaseDeliveries(tx, ids))
  for (let touched = 1; touched > 0; ) {
    const counts = await database.transaction(tx => redirectStranded(tx, { actor: 'service:delivery', limit: 500 }))
    touched = counts.moved + counts.joined + counts.returned
  }
}

/** Codes of 2020 and of 2016 find the same agency, and lead where the reform says. */
async function findWrongCodes(database: Database, { agencies, fates }: Country): Promise<string[]> {
  const places = agencies.filter(({ code }) => fates.has(code))
  const forms = places.flatMap(({ code, code2016 }) => [code, code2016 ?? ''])
  const found = await findAgencies(database, forms)
  const at = await databaseTime(database)
  return places.flatMap(({ code, code2016 = '' }) => {
    const fate = fates.get(code)
    const expected = fate?.kind === 'successor' ? fate.code : fate?.kind === 'stays' ? code : undefined
    return [code, code2016].flatMap(form => {
      const { resolved, fault } = resolveReceiver(form, at, written => found.get(written))
      const reached = fault === undefined ? resolved : undefined
      return reached === expected ? [] : [`${form} leads to ${reached}, not to ${expected}`]
    })
  })
}

/** Every successor takes what waits for it; what was joined ends with it. @returns all deliveries there are */
async function takeEverything(database: Database): Promise<number> {
  await database.query(`delete from delivery_hold`)
  await database.query(`update delivery set state = 'available', available_at = clock_timestamp(), due_at = clock_timestamp()
                         where state in ('routed', 'held') and joined_to is null`)
  const ids = [...(await deliveriesThat(database, `state in ('available', 'fetched')`))]
  for (let start = 0; start < ids.length; start += 500) {
    const batch = ids.slice(start, start + 500)
    const { rows } = await database.query<{ receiver: string }>(
      'select distinct receiver from delivery where id = any($1)',
      [batch],
    )
    const agencies = rows.map(({ receiver }) => receiver)
    await database.transaction(tx => acknowledgeDeliveries(tx, { ids: batch, agencies, systemId: 'successors' }))
  }
  while ((await database.transaction(tx => settleJoined(tx, 500))) > 0);
  return (await deliveriesThat(database, 'true')).size
}

async function deliveriesThat(database: Database, condition: string): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ id: string }>(`select id from delivery where ${condition} order by id`)
  return new Set(rows.map(({ id }) => id))
}

async function timed<T>(work: () => Promise<T>): Promise<[result: T, ms: number]> {
  const start = performance.now()
  const result = await work()
  return [result, performance.now() - start]
}
