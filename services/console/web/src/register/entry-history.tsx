import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { monthText } from '../reports/months.ts'
import { Link, useAddress, withQuery } from '../router.tsx'
import type { RegisterEntry } from './register.ts'
import { EnteredBy } from './register-table.tsx'
import { registerWords as words } from './words.ts'

/** Everything that was entered for an agency, what was replaced too. */
export function EntryHistory({ agency }: { readonly agency: string }) {
  const pick = usePick()
  const address = useAddress()
  const { data, error, refetch } = useQuery({
    queryKey: ['register-totals', 'history', agency],
    queryFn: ({ signal }) =>
      api<{ items: readonly RegisterEntry[] }>(`/register-totals/${encodeURIComponent(agency)}`, { signal }),
  })
  return (
    <section id="history" class="panel">
      <div class="page-head">
        <h2>
          {pick(words.historyOf)} <bdi>{agency}</bdi>
        </h2>
        <Link to={withQuery(address, { history: undefined })} class="button">
          {pick(words.close)}
        </Link>
      </div>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data ? (
        <Entries entries={data.items} />
      ) : (
        <Skeleton rows={2} />
      )}
    </section>
  )
}

function Entries({ entries }: { readonly entries: readonly RegisterEntry[] }) {
  const pick = usePick()
  const number = useNumber()
  const known = (value: number | null) => (value === null ? '–' : number(value))
  const columns: readonly Column<RegisterEntry>[] = [
    { head: pick(words.month), cell: ({ month }) => monthText(month) },
    { head: pick(words.outgoing), number: true, cell: ({ outgoing }) => known(outgoing) },
    { head: pick(words.incoming), number: true, cell: ({ incoming }) => known(incoming) },
    { head: pick(words.source), cell: ({ source }) => pick(words.sources[source]) },
    { head: pick(words.enteredBy), cell: entry => <EnteredBy entry={entry} /> },
  ]
  return (
    <Table
      caption={pick(words.history)}
      columns={columns}
      rows={entries}
      keyOf={({ month, enteredAt }) => `${month} ${enteredAt}`}
    />
  )
}
