import { keepPreviousData, useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { levelWords } from '../parts/level-words.ts'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { type AgencyPage, type AgencyRow, agencyPath } from './agency-row.ts'
import { StandingBadge, Successor } from './agency-standing.tsx'
import { kindWords, agenciesWords as words } from './words.ts'

/** What answers the questions of the address, a page at a time. */
export function AgencyList({ question }: { readonly question: URLSearchParams }) {
  const pick = usePick()
  const address = useAddress()
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['agencies', 'list', question.toString()],
    queryFn: ({ signal }) => api<AgencyPage>(`/agencies?${question}`, { signal }),
    placeholderData: keepPreviousData,
  })
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={10} />
  if (data.items.length === 0) {
    return (
      <Empty title={pick(words.nothing)}>
        <p class="small">{pick(words.nothingHint)}</p>
      </Empty>
    )
  }
  const columns: readonly Column<AgencyRow>[] = [
    { head: pick(words.agency), cell: row => <Name row={row} /> },
    { head: pick(words.level), cell: ({ level, kind }) => `${pick(levelWords[level])}, ${pick(kindWords[kind])}` },
    { head: pick(words.above), wide: true, cell: row => <Above row={row} /> },
    {
      head: pick(words.standing),
      wide: true,
      cell: row => (
        <>
          <StandingBadge row={row} />
          <Successor row={row} />
        </>
      ),
    },
  ]
  return (
    <div aria-busy={isPlaceholderData}>
      <Table caption={pick(words.caption)} columns={columns} rows={data.items} keyOf={({ code }) => code} />
      <nav class="pager" aria-label={pick(words.caption)}>
        {address.query.has('after') && (
          <Link to={withQuery(address, { after: undefined })} class="button">
            {pick(words.first)}
          </Link>
        )}
        {data.next && (
          <Link to={withQuery(address, { after: data.next })} class="button">
            {pick(words.next)}
          </Link>
        )}
      </nav>
    </div>
  )
}

function Name({ row: { code, name } }: { readonly row: AgencyRow }) {
  return (
    <>
      <Link to={agencyPath(code)} class="strong clamped">
        <bdi>{name}</bdi>
      </Link>
      <code>{code}</code>
    </>
  )
}

function Above({ row: { parent, locality } }: { readonly row: AgencyRow }) {
  if (!parent) return <>{locality ?? '–'}</>
  return (
    <Link to={agencyPath(parent.code)}>
      <bdi class="clamped">{parent.name ?? parent.code}</bdi>
    </Link>
  )
}
