import { useQuery } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link, navigate, useAddress, withQuery } from '../router.tsx'
import { actionChoices, actionText } from './action-words.ts'
import { placeText } from './place-words.ts'
import { outcomeWords, auditWords as words } from './words.ts'

interface AuditRow {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly actorName?: string
  readonly action: string
  readonly object?: string
  readonly outcome: string
  readonly details: Readonly<Record<string, unknown>>
}

interface AuditAnswer {
  readonly items: readonly AuditRow[]
  readonly next?: string
}

/** Who did what. */
export function AuditPage() {
  const pick = usePick()
  const address = useAddress()
  const question = address.query.toString()
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', question],
    queryFn: ({ signal }) => api<AuditAnswer>(`/audit?${question}`, { signal }),
  })
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <p class="lead">{pick(words.lead)}</p>
      <Filters key={question} />
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={10} />
      ) : data.items.length === 0 ? (
        <Empty title={pick(words.empty)}>
          <p class="small">{pick(words.emptyHint)}</p>
        </Empty>
      ) : (
        <Rows rows={data.items} />
      )}
      <div class="row pager">
        {address.query.has('before') && (
          <Link to={withQuery(address, { before: undefined })}>{pick(words.newest)}</Link>
        )}
        {data?.next && <Link to={withQuery(address, { before: data.next })}>{pick(words.older)}</Link>}
      </div>
    </>
  )
}

const filters = ['actor', 'action', 'object', 'from', 'to'] as const

function Filters() {
  const pick = usePick()
  const address = useAddress()
  const given = Object.fromEntries(filters.map(name => [name, address.query.get(name) ?? '']))
  const [asked, setAsked] = useState<Readonly<Record<string, string>>>(given)
  const set = (name: string) => (value: string) => setAsked(before => ({ ...before, [name]: value }))
  const show = (event: SubmitEvent) => {
    event.preventDefault()
    navigate(withQuery(address, { ...asked, before: undefined }))
  }
  return (
    <form class="filters aligned" onSubmit={show}>
      <Field
        label={pick(words.actor)}
        hint={pick(words.actorHint)}
        value={asked.actor ?? ''}
        onInput={set('actor')}
        maxLength={200}
      />
      <ActionChoice value={asked.action ?? ''} onChange={set('action')} />
      <Field label={pick(words.object)} value={asked.object ?? ''} onInput={set('object')} maxLength={200} />
      <Field label={pick(words.from)} type="date" value={asked.from ?? ''} onInput={set('from')} />
      <Field label={pick(words.to)} type="date" value={asked.to ?? ''} onInput={set('to')} />
      <div class="row">
        <button type="submit" class="button">
          {pick(words.show)}
        </button>
        {filters.some(name => address.query.has(name)) && <Link to={address.path}>{pick(words.clear)}</Link>}
      </div>
    </form>
  )
}

interface ActionChoiceProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** An address may ask for one action more exactly than the choices do. */
function ActionChoice({ value, onChange }: ActionChoiceProps) {
  const pick = usePick()
  const known = actionChoices.map(({ value: each, text }) => ({ value: each, text: pick(text) }))
  const own = value === '' || known.some(choice => choice.value === value) ? [] : [{ value, text: value }]
  return (
    <Choice
      label={pick(words.action)}
      value={value}
      options={[{ value: '', text: pick(words.anyAction) }, ...own, ...known]}
      onChange={onChange}
    />
  )
}

function Rows({ rows }: { readonly rows: readonly AuditRow[] }) {
  const pick = usePick()
  const columns: readonly Column<AuditRow>[] = [
    { head: pick(words.at), cell: ({ at }) => <Time at={at} /> },
    { head: pick(words.actor), wide: true, cell: row => <Actor row={row} /> },
    { head: pick(words.action), wide: true, cell: row => <Action row={row} /> },
    { head: pick(words.object), wide: true, cell: ({ object }) => (object ? <bdi>{object}</bdi> : '') },
    { head: pick(words.outcome), cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  ]
  return <Table caption={pick(words.caption)} columns={columns} rows={rows} keyOf={({ id }) => id} />
}

function Actor({ row: { actor, actorName } }: { readonly row: AuditRow }) {
  return (
    <>
      {actorName && <bdi class="strong">{actorName}</bdi>}
      <code>{actor}</code>
    </>
  )
}

function Action({ row: { action, details } }: { readonly row: AuditRow }) {
  const pick = usePick()
  const text = actionText(action)
  const route = typeof details.route === 'string' ? details.route : undefined
  const place = route === undefined ? undefined : placeText(route)
  return (
    <>
      {text && (
        <span class="strong">
          {pick(text)}
          {place && `: ${pick(place)}`}
        </span>
      )}
      <code>{route?.replace('/console/api', '') ?? action}</code>
    </>
  )
}

function Outcome({ outcome }: { readonly outcome: string }) {
  const pick = usePick()
  const known = outcomeWords[outcome]
  return <Badge tone={known?.tone ?? 'plain'}>{known ? pick(known) : outcome}</Badge>
}
