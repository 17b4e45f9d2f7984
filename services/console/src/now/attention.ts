import { type Attention, listAttention, type Scope } from '@docaxis/store/console'
import type { Console } from '../console.ts'
import { readUnfresh } from '../trust/authorities.ts'
import { endingWithin } from '../trust/ending.ts'

/** One line of "needs attention". */
export interface AttentionLine extends Omit<Attention, 'kind'> {
  readonly kind: Attention['kind'] | TrustKind
}

type TrustKind =
  /** Authorities whose list ran out, or that do not answer: seals of theirs are not proved. */
  | 'authorities'
  /** Certificates that end within a week, or within 30 days, those of the week among them. */
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
  const ending = await endingWithin(console, scope, { from: 0, until: shownDays })
  const month = ending.filter(({ days }) => days < shownDays)
  const soon = month.filter(({ days }) => days < soonDays)
  // Nobody needs to read the same twice.
  const further = month.length > soon.length ? month : []
  return [...lineOf('ending-soon', soon), ...lineOf('ending', further)]
}

function lineOf(kind: TrustKind, ending: readonly { readonly notAfter: Date }[]): AttentionLine[] {
  const [first] = ending
  return first ? [{ kind, count: ending.length, since: first.notAfter }] : []
}

async function authorityLines(console: Console): Promise<readonly AttentionLine[]> {
  const unfresh = await readUnfresh(console)
  const [first] = unfresh.toSorted((one, other) => one.since.getTime() - other.since.getTime())
  return first ? [{ kind: 'authorities', count: unfresh.length, since: first.since }] : []
}
