import type { Agency } from '../agency.ts'
import type { Draft, Touched } from './draft.ts'
import type { ReformChange } from './reform.ts'

/** What ties agencies that stay open to one that closes, and where they go. */
interface Tie {
  readonly field: 'parent' | 'center'
  readonly touched: keyof Pick<Touched, 'moved' | 'rehomed'>
  readonly fault: 'M.Reform.Children' | 'M.Reform.Served'
  readonly target: (draft: Draft, closed: string, change: ReformChange) => string | undefined
}

const ties: readonly Tie[] = [
  {
    field: 'parent',
    touched: 'moved',
    fault: 'M.Reform.Children',
    target: (_draft, _closed, change) =>
      'childrenTo' in change && change.childrenTo !== undefined ? change.childrenTo : mergedInto(change),
  },
  {
    field: 'center',
    touched: 'rehomed',
    fault: 'M.Reform.Served',
    target: (draft, closed, change) =>
      'servedBy' in change && change.servedBy !== undefined ? change.servedBy : centerAfter(draft, closed),
  },
]

/** Agencies that stay open below a closed one, or are served by a closed center, go where its change says, or the file is faulty. */
export function takeAlong(draft: Draft): void {
  for (const tie of ties) untie(draft, tie)
}

function untie(draft: Draft, { field, touched, fault, target }: Tie): void {
  const left = new Map<string, number>()
  for (const agency of [...draft.before.values(), ...draft.agencies.values()]) {
    const now = draft.agencies.get(agency.code) ?? agency
    const from = now[field]
    const closedBy = draft.closed.get(from ?? '')
    if (from === undefined || closedBy === undefined || !staysOpen(draft, now)) continue
    const change = draft.reform.changes[Number(/\d+/.exec(closedBy)?.[0])]
    const to = change && target(draft, from, change)
    if (to === undefined) left.set(from, (left.get(from) ?? 0) + 1)
    else {
      draft.agencies.set(now.code, { ...now, [field]: to })
      if (!draft.opened.has(now.code)) draft[touched].set(now.code, closedBy)
    }
  }
  for (const [code, count] of left) {
    draft.faults.add(draft.closed.get(code) ?? '', fault, { value: code, other: String(count) })
  }
}

function staysOpen({ reform }: Draft, { validTo }: Agency): boolean {
  return validTo === undefined || validTo > reform.effectiveOn
}

function mergedInto(change: ReformChange): string | undefined {
  if (change.do !== 'merge') return undefined
  return typeof change.into === 'string' ? change.into : change.into.code
}

/** The single successor, where it is a center itself: it takes over the work, and the agencies with it. */
function centerAfter({ closings, agencies, before }: Draft, closed: string): string | undefined {
  const successor = closings.get(closed)?.successor ?? ''
  const agency = agencies.get(successor) ?? before.get(successor)
  return agency?.kind === 'center' ? successor : undefined
}
