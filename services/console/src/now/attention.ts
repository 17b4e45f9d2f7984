import { listExpiring } from '@docaxis/service'
import { listCrls, listSources } from '@docaxis/store'
import { type Attention, codesInScope, listAttention, type Scope } from '@docaxis/store/console'
import type { Console } from '../console.ts'

/** One line of "needs attention". */
export interface AttentionLine extends Omit<Attention, 'kind'> {
  readonly kind: Attention['kind'] | TrustKind
}

type TrustKind =
  /** Lists that ran out, or addresses of authorities that do not answer: seals of theirs are not proved. */
  | 'authorities'
  /** Certificates that end within a week, or within 30 days. */
  | 'ending-soon'
  | 'ending'

/** What does the most harm first: what stops everybody, what stops one document, what will stop something. */
const byHarm: readonly AttentionLine['kind'][] = [
  'authorities',
  'dead-letter',
  'stuck',
  'failed',
  'ending-soon',
  'held',
  'not-fetched',
  'late',
  'refused',
  'ending',
]

const shownDays = 30
const soonDays = 7
const dayMs = 86_400_000

/** What needs somebody within a scope, the greatest harm first. */
export async function readAttention(console: Console, scope: Scope): Promise<readonly AttentionLine[]> {
  const [traffic, certificates, authorities] = await Promise.all([
    listAttention(console.database, scope),
    endingLines(console, scope),
    scope.everything ? authorityLines(console) : [],
  ])
  const place = ({ kind }: AttentionLine): number => byHarm.indexOf(kind)
  return [...traffic, ...certificates, ...authorities].toSorted((one, other) => place(one) - place(other))
}

async function endingLines(console: Console, scope: Scope): Promise<readonly AttentionLine[]> {
  const [ending, codes] = await Promise.all([
    listExpiring(console, { days: shownDays }),
    codesInScope(console.database, scope),
  ])
  const mine = codes === undefined ? ending : ending.filter(({ agencyCode }) => codes.includes(agencyCode ?? ''))
  const soon = console.now().getTime() + soonDays * dayMs
  const isSoon = ({ notAfter }: { readonly notAfter: Date }): boolean => notAfter.getTime() <= soon
  return [
    ...lineOf('ending-soon', mine.filter(isSoon)),
    ...lineOf(
      'ending',
      mine.filter(one => !isSoon(one)),
    ),
  ]
}

function lineOf(kind: TrustKind, ending: readonly { readonly notAfter: Date }[]): AttentionLine[] {
  const [first] = ending
  return first ? [{ kind, count: ending.length, since: first.notAfter }] : []
}

async function authorityLines({ database, now }: Console): Promise<readonly AttentionLine[]> {
  const [lists, sources] = await Promise.all([listCrls(database), listSources(database)])
  const ended = lists.flatMap(({ delta, nextUpdate }) => (!delta && nextUpdate && nextUpdate < now() ? nextUpdate : []))
  const silent = sources.flatMap(({ failures, goodAt, triedAt }) => (failures > 0 ? (goodAt ?? triedAt ?? now()) : []))
  const since = [...ended, ...silent].toSorted((one, other) => one.getTime() - other.getTime())[0]
  return since ? [{ kind: 'authorities', count: ended.length + silent.length, since }] : []
}
