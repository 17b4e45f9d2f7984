import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Actor } from '../parts/actor.tsx'
import { useNumber } from '../parts/number.ts'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { dayText } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import { ReformState } from './reform-state.tsx'
import type { Reform } from './reform-view.ts'
import { figureWords, reformWords as words } from './reform-words.ts'

/** Those to come first, then the others. */
export function ReformList() {
  const pick = usePick()
  const { data, error, refetch } = useQuery({
    queryKey: ['reforms'],
    queryFn: ({ signal }) => api<{ readonly items: readonly Reform[] }>('/reforms', { signal }),
  })
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton />
  if (data.items.length === 0) {
    return (
      <Empty title={pick(words.empty)}>
        <p class="small">{pick(words.emptyHint)}</p>
      </Empty>
    )
  }
  const columns: readonly Column<Reform>[] = [
    {
      head: pick(words.reform),
      cell: ({ id, title, name }) => (
        <>
          <Link to={`/agencies/reform?id=${id}`} class="strong clamped">
            <bdi>{title}</bdi>
          </Link>
          <code>{name}</code>
        </>
      ),
    },
    { head: pick(words.day), cell: ({ effectiveOn }) => dayText(effectiveOn) },
    { head: pick(words.state), cell: ({ state }) => <ReformState state={state} /> },
    { head: pick(words.moved), wide: true, cell: reform => <Moved reform={reform} /> },
    { head: pick(words.askedBy), cell: ({ askedBy }) => <Actor who={askedBy} /> },
  ]
  return <Table caption={pick(words.caption)} columns={columns} rows={data.items} keyOf={({ id }) => id} />
}

function Moved({ reform: { outcome, preview } }: { readonly reform: Reform }) {
  const pick = usePick()
  const number = useNumber()
  const { agencies, documents } = outcome ?? preview
  const told = [
    [figureWords.opened, agencies.opened],
    [figureWords.closed, agencies.closed],
    [figureWords.renamed, agencies.renamed],
    [figureWords.moved, agencies.moved],
    [figureWords.documents, documents],
  ] as const
  const shown = told.filter(([, count]) => count > 0)
  return <>{shown.map(([text, count]) => `${pick(text)}: ${number(count)}`).join(' · ') || '–'}</>
}
