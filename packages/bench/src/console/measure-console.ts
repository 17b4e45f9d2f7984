import { join } from 'node:path'
import { type Database, migrate, openDatabase } from '@docaxis/store'
import { type DocumentQuestion, emptyScope, type Scope, searchDocuments } from '@docaxis/store/console'
import { startEmbedded } from '@docaxis/store/embedded'
import { quiet } from '../quiet.ts'
import { below, type Random, seeded } from '../random.ts'
import { scratchFolder } from '../scratch.ts'
import { percentile } from '../statistics.ts'
import { archive, gathered } from './made-up-agencies.ts'
import { writeArchive } from './made-up-archive.ts'

export interface SearchFigures {
  readonly kind: string
  readonly p50: number
  readonly p99: number
  /** Documents on the fullest page. */
  readonly mostFound: number
}

export interface ConsoleFigures {
  readonly documents: number
  readonly databaseBytes: number
  readonly searches: readonly SearchFigures[]
}

const askedOfEach = 100
const pageSize = 50

interface Question extends DocumentQuestion {
  readonly after?: string
  readonly scope?: Scope
}

type Kinds = Readonly<Record<string, (random: Random) => Question>>

const everything: Scope = { ...emptyScope, everything: true }
const within = (...subtrees: string[]): Scope => ({ ...emptyScope, subtrees })

const province = (random: Random): string => `H${twoDigits(1 + below(random, archive.provinces))}`
const commune = (random: Random): string =>
  `${province(random)}.${String(1 + below(random, archive.communes)).padStart(3, '0')}`
const group = (random: Random): Scope => ({ ...emptyScope, groups: [`group ${below(random, gathered.groups)}`] })
const system = (random: Random): Scope => ({
  ...emptyScope,
  systems: [`system-${1 + below(random, gathered.systems)}`],
})
const quietOnes: Scope = { ...emptyScope, groups: [gathered.quietGroup] }
const twoDigits = (value: number): string => String(value).padStart(2, '0')
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Words are numbered from common to rare. */
const wordOf = (number: number): string => `tu${String(number).padStart(4, '0')}`
const commonWord = (random: Random): string => wordOf(below(random, 20))
const rareWord = (random: Random): string => wordOf(archive.words - 1 - below(random, 1000))

function kindsOf(documents: number): Kinds {
  const someDocument = (random: Random): string => (1 + below(random, documents)).toString(16).padStart(24, '0')
  return {
    'the newest': () => ({}),
    'a page somewhere inside': random => ({ after: someDocument(random) }),
    'number and notation': random => ({ number: `${1 + below(random, 20_000)}/UBND-VP` }),
    'beginning of a number': random => ({ number: `${1 + below(random, 200)}` }),
    'a common word': random => ({ text: commonWord(random) }),
    'a rare word': random => ({ text: rareWord(random) }),
    'two common words': random => ({ subject: `${commonWord(random)} ${commonWord(random)}` }),
    'three words, one rare': random => ({ subject: `${commonWord(random)} ${commonWord(random)} ${rareWord(random)}` }),
    'words that nothing holds': random => ({ subject: `${rareWord(random)} ${rareWord(random)} ${rareWord(random)}` }),
    sender: random => ({ sender: province(random) }),
    'receiver, a commune': random => ({ receiver: commune(random) }),
    'type and urgency': () => ({ typeName: 'Quyết định', priority: 3 }),
    'days of issue': random => {
      const day = below(random, archive.days)
      return { issuedFrom: daysAgo(day + 7), issuedTo: daysAgo(day) }
    },
    'waiting for the receiver': () => ({ transport: 'available' }),
    'not delivered': () => ({ transport: 'failed' }),
    'refused, with a common word': random => ({ business: '02', text: commonWord(random) }),
    'waiting at one commune': random => ({ transport: 'available', receiver: commune(random) }),
    'a province sees its own': random => ({ scope: within(province(random)) }),
    'a province, a rare word': random => ({ scope: within(province(random)), text: rareWord(random) }),
    'a province, type and urgency': random => ({
      scope: within(province(random)),
      typeName: 'Quyết định',
      priority: 3,
    }),
    'a province, days of issue': random => {
      const day = below(random, archive.days)
      return { scope: within(province(random)), issuedFrom: daysAgo(day + 7), issuedTo: daysAgo(day) }
    },
    'a province, not delivered': random => ({ scope: within(province(random)), transport: 'failed' }),
    'a commune sees its own': random => ({ scope: within(commune(random)) }),
    'a commune, a common word': random => ({ scope: within(commune(random)), text: commonWord(random) }),
    'a commune, not delivered': random => ({ scope: within(commune(random)), transport: 'failed' }),
    'a commune, late': random => ({ scope: within(commune(random)), late: true }),
    'a group of 113 communes': random => ({ scope: group(random) }),
    'a group, a rare word': random => ({ scope: group(random), text: rareWord(random) }),
    'a group that nobody writes to': () => ({ scope: quietOnes }),
    'such a group, a common word': random => ({ scope: quietOnes, text: commonWord(random) }),
    'a locality': random => ({ scope: { ...emptyScope, localities: [province(random)] } }),
    'a system of seven communes': random => ({ scope: system(random) }),
    'such a system, a rare word': random => ({ scope: system(random), text: rareWord(random) }),
    'late, from ministries to communes': () => ({ late: true, fromLevel: 'central', toLevel: 'commune' }),
    'from communes to ministries': () => ({ fromLevel: 'commune', toLevel: 'central' }),
  }
}

export interface ConsoleOptions {
  readonly documents: number
  /** Keeps the archive, for further runs; a folder of its own that goes afterwards unless told. */
  readonly data?: string
  readonly log: (line: string) => void
}

/** First pages of every kind of search, over a made-up archive. */
export async function measureConsole({ documents: wanted, data, log }: ConsoleOptions): Promise<ConsoleFigures> {
  const dataDir = data ?? join(await scratchFolder(), 'database')
  const postgres = await startEmbedded({ dataDir, log: quiet })
  const database = openDatabase({ connectionString: postgres.connectionString, statementTimeoutMs: 3_600_000 })
  try {
    await migrate(database)
    const documents = (await writtenBefore(database)) || (await write(database, wanted, log))
    const searches: SearchFigures[] = []
    for (const [kind, ask] of Object.entries(kindsOf(documents))) searches.push(await measure(database, kind, ask))
    return { documents, databaseBytes: await sizeOf(database), searches }
  } finally {
    await database.close()
    await postgres.stop()
  }
}

async function writtenBefore(database: Database): Promise<number> {
  const { rows } = await database.query<{ documents: number }>(
    'select coalesce(sum(documents), 0)::integer as documents from document_shelf',
  )
  return rows[0]?.documents ?? 0
}

async function write(database: Database, documents: number, log: (line: string) => void): Promise<number> {
  await writeArchive(database, documents, log)
  return documents
}

async function measure(database: Database, kind: string, ask: (random: Random) => Question): Promise<SearchFigures> {
  const random = seeded(1)
  const times: number[] = []
  let mostFound = 0
  for (let count = 0; count < askedOfEach; count += 1) {
    const { scope = everything, after, ...question } = ask(random)
    const startedAt = performance.now()
    const { ids } = await searchDocuments(database, scope, question, { limit: pageSize, ...(after && { after }) })
    times.push(performance.now() - startedAt)
    mostFound = Math.max(mostFound, ids.length)
  }
  return { kind, p50: percentile(times, 0.5), p99: percentile(times, 0.99), mostFound }
}

async function sizeOf(database: Database): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes')
  return Number(rows[0]?.bytes)
}
