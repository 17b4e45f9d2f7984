import { useQuery } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { agencyPath } from '../agencies/agency-row.ts'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { keyOf } from '../parts/section.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import type { CallView } from './agency-view.ts'
import { agencyWords as words } from './words.ts'

interface CallsProps {
  readonly code: string
  readonly system: string
}

/** The last calls of a system over VXP, and why each was refused; asked for once somebody wants to see them. */
export function Calls({ code, system }: CallsProps) {
  const pick = usePick()
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="how" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{pick(words.calls)}</summary>
      {isOpen && <CallTable path={`${agencyPath(code)}/systems/${encodeURIComponent(system)}/calls`} />}
    </details>
  )
}

function CallTable({ path }: { readonly path: string }) {
  const pick = usePick()
  const { data, error, refetch } = useQuery({
    queryKey: keyOf(path),
    queryFn: async ({ signal }) => (await api<{ readonly items: readonly CallView[] }>(path, { signal })).items,
  })
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={3} />
  if (data.length === 0) return <p class="calm plain">{pick(words.noCalls)}</p>
  const columns: readonly Column<CallView>[] = [
    { head: pick(words.when), cell: ({ at }) => <Time at={at} /> },
    { head: pick(words.operation), cell: ({ operation }) => <code>{operation}</code> },
    {
      head: pick(words.outcome),
      wide: true,
      cell: call => <Outcome call={call} />,
    },
    { head: pick(words.address), cell: ({ address }) => <code>{address}</code> },
  ]
  // Two calls of one moment may be alike.
  const keys = new Map(data.map((call, index) => [call, String(index)]))
  return <Table caption={pick(words.calls)} columns={columns} rows={data} keyOf={call => keys.get(call) ?? call.at} />
}

function Outcome({ call: { code, reason, text } }: { readonly call: CallView }) {
  const pick = usePick()
  if (reason === null) return <Badge tone="good">{pick(words.taken)}</Badge>
  return (
    <>
      <Badge tone="bad">{pick(words.refused)}</Badge>{' '}
      <span>
        <bdi>{text ? pick(text) : reason}</bdi>
      </span>
      <code>
        ErrorCode {code} · {reason}
      </code>
    </>
  )
}
