import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { breakGlassWords as words } from './words.ts'

interface Opening {
  readonly id: string
  readonly documentId: string
  readonly number?: string
  readonly sender: string
  readonly askedBy: string
  readonly reason: string
  readonly askedAt: string
  readonly decidedBy?: string
  readonly allowed?: boolean
  readonly endsAt?: string
}

const openingsKey = ['break-glass'] as const

/** Content opened for people it is not for: what waits for a second person, and what was decided. */
export function BreakGlassPage() {
  const pick = usePick()
  const { data, error, refetch } = useQuery({
    queryKey: openingsKey,
    queryFn: ({ signal }) => api<{ readonly items: readonly Opening[] }>('/break-glass', { signal }),
  })
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <p class="lead">{pick(words.lead)}</p>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton />
      ) : data.items.length === 0 ? (
        <Empty title={pick(words.empty)} />
      ) : (
        <Openings openings={data.items} />
      )}
    </>
  )
}

function Openings({ openings }: { readonly openings: readonly Opening[] }) {
  const pick = usePick()
  const columns: readonly Column<Opening>[] = [
    { head: pick(words.document), cell: opening => <Named opening={opening} /> },
    { head: pick(words.askedBy), cell: ({ askedBy }) => <bdi>{askedBy}</bdi> },
    { head: pick(words.at), cell: ({ askedAt }) => <Time at={askedAt} /> },
    { head: pick(words.reason), wide: true, cell: ({ reason }) => <bdi>{reason}</bdi> },
    { head: pick(words.state), wide: true, cell: opening => <State opening={opening} /> },
  ]
  return <Table caption={pick(words.caption)} columns={columns} rows={openings} keyOf={({ id }) => id} />
}

function Named({ opening: { documentId, number, sender } }: { readonly opening: Opening }) {
  const pick = usePick()
  return (
    <>
      <Link to={`/documents/${documentId}`} class="strong">
        <bdi>{number ?? documentId}</bdi>
      </Link>{' '}
      <span class="small">
        {pick(words.from)} {sender}
      </span>
    </>
  )
}

function State({ opening }: { readonly opening: Opening }) {
  const pick = usePick()
  const { allowed, decidedBy, endsAt } = opening
  if (allowed === undefined) return <Decide opening={opening} />
  const open = endsAt !== undefined && Date.parse(endsAt) > Date.now()
  const by = `${pick(words.by)} ${decidedBy}`
  if (!allowed) return <Badge tone="plain">{`${pick(words.refused)} ${by}`}</Badge>
  return <Badge tone={open ? 'wait' : 'plain'}>{`${pick(open ? words.open : words.over)} ${by}`}</Badge>
}

function Decide({ opening: { id, askedBy } }: { readonly opening: Opening }) {
  const pick = usePick()
  const person = usePerson()
  const queries = useQueryClient()
  const [fault, setFault] = useState<unknown>()
  const decide = (allowed: boolean) => async () => {
    await api(`/break-glass/${id}/decision`, { method: 'POST', body: { allowed } }).catch(setFault)
    await queries.invalidateQueries({ queryKey: openingsKey })
  }
  const mayDecide = person.role !== 'operator' && person.login !== askedBy
  return (
    <>
      <Badge tone="wait">{pick(words.waiting)}</Badge>
      {person.login === askedBy && <p class="small">{pick(words.own)}</p>}
      {mayDecide && (
        <div class="row">
          <button type="button" class="button" onClick={decide(true)}>
            {pick(words.allow)}
          </button>
          <button type="button" class="quiet" onClick={decide(false)}>
            {pick(words.refuse)}
          </button>
        </div>
      )}
      {fault !== undefined && <Failure error={fault} />}
    </>
  )
}
