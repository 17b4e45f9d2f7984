import { keepPreviousData, useQuery } from '@tanstack/preact-query'
import { useEffect } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { dayText, Time } from '../parts/time.tsx'
import { Link, navigate, useAddress, withQuery } from '../router.tsx'
import { type DocumentRow, numberText, type RowPage } from './document-row.ts'
import { ExportButtons } from './export-buttons.tsx'
import { FilterForm, questionNames } from './filter-form.tsx'
import { Narrowed } from './narrowed.tsx'
import { QuickFilters } from './quick-filters.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { Standing } from './standing.tsx'
import { urgencyWords, documentsWords as words } from './words.ts'

const hubId = /^[0-9a-f]{24}$/

/** Everything that the person may see, newest first, and ways to find one thing in it. */
export function DocumentsPage() {
  const pick = usePick()
  const { query } = useAddress()
  const asked = query.get('q')?.trim() ?? ''
  // The one box takes an id as well.
  useEffect(() => {
    if (hubId.test(asked)) navigate(`/documents/${asked}`, { replace: true })
  }, [asked])
  const isFiltered = questionNames.some(name => name !== 'q' && query.has(name))
  return (
    <>
      <div class="page-head">
        <h1>{pick(words.title)}</h1>
        <ExportButtons />
      </div>
      <QuickFilters />
      <details class="filter-box" open={isFiltered}>
        <summary>{pick(words.filters)}</summary>
        <FilterForm />
        <SavedFilters />
      </details>
      <Narrowed />
      <Rows />
    </>
  )
}

function Rows() {
  const pick = usePick()
  const address = useAddress()
  const question = new URLSearchParams([...address.query].filter(([, value]) => value !== ''))
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['documents', question.toString()],
    queryFn: ({ signal }) => api<RowPage>(`/documents?${question}`, { signal }),
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
  return (
    <div aria-busy={isPlaceholderData}>
      <Table caption={pick(words.caption)} columns={columnsOf(pick)} rows={data.items} keyOf={row => row.id} />
      <nav class="pager">
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

function columnsOf(pick: ReturnType<typeof usePick>): readonly Column<DocumentRow>[] {
  return [
    { head: pick(words.subject), cell: row => <Subject row={row} /> },
    { head: pick(words.from_), cell: row => <bdi>{row.senderName ?? row.sender}</bdi> },
    { head: pick(words.to_), cell: row => <Receivers row={row} /> },
    { head: pick(words.standing), cell: row => <Standing row={row} /> },
    { head: pick(words.at), cell: row => <Time at={row.acceptedAt} /> },
  ]
}

function Subject({ row }: { readonly row: DocumentRow }) {
  const pick = usePick()
  const number = numberText(row.codeNumber, row.codeNotation)
  const head = [number || pick(words.noNumber), row.typeName, row.issuedOn && dayText(row.issuedOn)].filter(Boolean)
  return (
    <Link to={`/documents/${row.id}`} class="subject">
      <span class="subject-head">
        <bdi>{head.join(' · ')}</bdi>
        {row.priority > 0 && <Badge tone="wait">{pick(urgencyWords[row.priority] ?? words.any)}</Badge>}
      </span>
      <bdi class="subject-text">
        {row.subjectHidden ? pick(words.hiddenSubject) : (row.subject ?? pick(words.noSubject))}
      </bdi>
    </Link>
  )
}

function Receivers({ row }: { readonly row: DocumentRow }) {
  const pick = usePick()
  return (
    <>
      <bdi>{row.receiverName ?? row.receiver}</bdi>
      {row.receivers > 1 && (
        <span class="small others">
          +{row.receivers - 1} {pick(words.others)}
        </span>
      )}
      {row.matching !== null && row.receivers > 1 && (
        <small class="under">
          {row.matching}/{row.receivers} {pick(words.match)}
        </small>
      )}
    </>
  )
}
