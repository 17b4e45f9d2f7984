import { useQuery } from '@tanstack/preact-query'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import { Empty } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { type AlertRule, destinationsQuery } from './alert-view.ts'
import { kindWords } from './kind-words.ts'
import { clockText } from './rule-wish.ts'
import { alertWords as words } from './words.ts'

export function Rules({ rules }: { readonly rules: readonly AlertRule[] }) {
  const pick = usePick()
  const { data } = useQuery(destinationsQuery)
  if (rules.length === 0) {
    return (
      <Empty title={pick(words.noRules)}>
        <p class="small">{pick(words.noRulesHint)}</p>
      </Empty>
    )
  }
  const names = new Map(data?.items.map(({ id, name }) => [id, name]))
  const columns: readonly Column<AlertRule>[] = [
    { head: pick(words.name), cell: rule => <RuleName rule={rule} /> },
    { head: pick(words.what), wide: true, cell: ({ kind }) => pick(kindWords[kind].what) },
    { head: pick(words.where), cell: ({ destinationId }) => <bdi>{names.get(destinationId) ?? '…'}</bdi> },
    { head: pick(words.when), cell: rule => <When rule={rule} /> },
    { head: pick(words.state), cell: rule => <RuleState rule={rule} /> },
  ]
  return <Table caption={pick(words.rules)} columns={columns} rows={rules} keyOf={({ id }) => id} />
}

function RuleName({ rule: { id, name, accountId, login } }: { readonly rule: AlertRule }) {
  const person = usePerson()
  return (
    <>
      <Link to={`/alerts/rules/${id}`} class="strong">
        <bdi>{name}</bdi>
      </Link>
      {accountId !== person.accountId && <code>{login}</code>}
    </>
  )
}

function When({ rule }: { readonly rule: AlertRule }) {
  const pick = usePick()
  const { digestMinutes, digestHour, quietFrom, quietTo, workingDays } = rule
  const collected =
    digestMinutes !== null
      ? `${pick(words.everyMinutes)} ${digestMinutes} ${pick(words.minutes)}`
      : digestHour !== null
        ? `${pick(words.dailyAt)} ${clockText(digestHour * 60)}`
        : pick(words.atOnce)
  const held = [
    ...(quietFrom !== null && quietTo !== null
      ? [`${pick(words.quiet)} ${clockText(quietFrom)}–${clockText(quietTo)}`]
      : []),
    ...(workingDays ? [pick(words.workingDaysOnly)] : []),
  ]
  return (
    <>
      {collected}
      {held.length > 0 && <span class="small"> · {held.join(' · ')}</span>}
    </>
  )
}

function RuleState({ rule: { stopped, enabled, conditions } }: { readonly rule: AlertRule }) {
  const pick = usePick()
  const number = useNumber()
  if (stopped) return <Badge tone="bad">{pick(words.stopped)}</Badge>
  if (!enabled) return <Badge tone="plain">{pick(words.off)}</Badge>
  if (conditions === 0) return <Badge tone="good">{pick(words.on)}</Badge>
  return (
    <Badge tone="wait">
      {pick(words.on)}, {number(conditions)} {pick(words.found)}
    </Badge>
  )
}
