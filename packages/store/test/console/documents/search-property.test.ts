import { levels } from '@docaxis/events'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type DocumentQuestion,
  emptyScope,
  type Scope,
  type SearchBounds,
  searchDocuments,
  takeSearchTurn,
} from '../../../src/console/index.ts'
import { naiveSearch } from './support/naive-search.ts'
import {
  agencies,
  businessStates,
  dayMs,
  dayOf,
  firstDay,
  livedOn,
  type MadeDocument,
  pick,
  type Random,
  randomDocument,
  seeded,
  transportStates,
  typeNames,
  words,
  writeChanges,
  writeDirectory,
  writeDocuments,
} from './support/random-archive.ts'

const days = 100
const random = seeded(20261127)
const sent: readonly MadeDocument[] = Array.from({ length: days * 4 }, (_, index) => randomDocument(random, index))
const documents = livedOn(random, sent)

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await writeDirectory(database)
  // Shelves that an archive of millions would have.
  await database.query(
    "insert into document_shelf (no, from_at) select no, '2026-01-01T05:00:00Z'::timestamptz + no * interval '17 days' from generate_series(1, 5) as no",
  )
  await writeDocuments(database, sent)
  await takeSearchTurn(database)
  await writeChanges(database, documents)
  await takeSearchTurn(database)
  // As it is in the life of a hub, and so that the planner knows what there is.
  await database.query('analyze')
}, 60_000)
afterAll(() => database?.close())

/** Little enough for each look to have its turn, and as it is. */
const bounds: readonly (SearchBounds | undefined)[] = [
  { walked: { search: 10, mark: 3 }, few: 20, fewWithoutKeys: 40 },
  { walked: { search: 1, mark: 1 }, few: 1, fewWithoutKeys: 1 },
  { walked: { search: 40, mark: 20 }, few: 1_000, fewWithoutKeys: 1_000 },
  undefined,
]

const scopes: readonly Scope[] = [
  { ...emptyScope, everything: true },
  { ...emptyScope, subtrees: ['H02'] },
  { ...emptyScope, subtrees: ['H01.001'] },
  { ...emptyScope, systems: ['two'] },
  { ...emptyScope, localities: ['H01', 'X'] },
  { ...emptyScope, groups: ['scattered'] },
  { ...emptyScope, groups: ['firsts'], subtrees: ['G01'] },
  emptyScope,
]

/** Each part in one of five questions. */
function randomQuestion(random: Random): DocumentQuestion {
  const maybe = <T>(part: () => T): T | undefined => (random() < 0.2 ? part() : undefined)
  const code = () => pick(random, agencies).code
  const day = () => firstDay + Math.floor(random() * days) * dayMs
  const asked = {
    text: maybe(() => `${pick(random, words)} ${pick(random, words).slice(0, 2)}`),
    subject: maybe(() => pick(random, words)),
    number: maybe(() => `${1 + Math.floor(random() * 30)}${pick(random, ['', '/UB', '/UB-VP'])}`),
    sender: maybe(code),
    receiver: maybe(code),
    typeName: maybe(() => pick(random, typeNames)),
    priority: maybe(() => pick(random, [0, 3])),
    issuedFrom: maybe(() => dayOf(day() - 60 * dayMs)),
    issuedTo: maybe(() => dayOf(day())),
    acceptedFrom: maybe(() => new Date(day())),
    acceptedTo: maybe(() => new Date(day())),
    transport: maybe(() => pick(random, transportStates)),
    business: maybe(() => pick(random, businessStates) ?? '02'),
    late: maybe(() => true),
    fromLevel: maybe(() => pick(random, levels)),
    toLevel: maybe(() => pick(random, levels)),
  }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

async function allPages(scope: Scope, question: DocumentQuestion, limit: number, bounds?: SearchBounds) {
  const ids: string[] = []
  for (let more = true; more; ) {
    const after = ids.at(-1)
    const page = await searchDocuments(database, scope, question, { limit, ...(after && { after }) }, bounds)
    ids.push(...page.ids)
    more = page.more
  }
  return ids
}

it.each(scopes)('finds for %j what a look at every document finds, page by page', { timeout: 120_000 }, async scope => {
  const random = seeded(JSON.stringify(scope).length)
  for (let count = 0; count < 60; count += 1) {
    const question = randomQuestion(random)
    const limit = pick(random, [7, 50, 500])

    const found = await allPages(scope, question, limit, pick(random, bounds))

    expect(found, JSON.stringify(question)).toEqual(naiveSearch(documents, scope, question))
  }
})
