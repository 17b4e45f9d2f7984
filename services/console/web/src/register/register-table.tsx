import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import type { RegisterEntry, RegisterRow } from './register.ts'
import { registerWords as words } from './words.ts'

/** What stands for a month, beside what went through the hub. */
export function RegisterTable({ rows }: { readonly rows: readonly RegisterRow[] }) {
  const pick = usePick()
  const number = useNumber()
  const known = (value: number | null) => (value === null ? '–' : number(value))
  const columns: readonly Column<RegisterRow>[] = [
    { head: pick(words.agency), cell: row => <Agency row={row} /> },
    { head: pick(words.outgoing), number: true, cell: ({ outgoing }) => known(outgoing) },
    { head: pick(words.through), number: true, cell: ({ sent }) => number(sent) },
    { head: pick(words.incoming), number: true, cell: ({ incoming }) => known(incoming) },
    { head: pick(words.receivedThrough), number: true, cell: ({ received }) => number(received) },
    { head: pick(words.source), cell: ({ source }) => pick(words.sources[source]) },
    { head: pick(words.enteredBy), cell: row => <EnteredBy entry={row} /> },
    { head: pick(words.history), cell: row => <History row={row} /> },
  ]
  return <Table caption={pick(words.title)} columns={columns} rows={rows} keyOf={({ agency }) => agency} />
}

function Agency({ row: { agency, name } }: { readonly row: RegisterRow }) {
  return (
    <>
      <bdi>{name}</bdi>
      <small class="under">
        <code>{agency}</code>
      </small>
    </>
  )
}

/** A person by name, a system by its id; and when. */
export function EnteredBy({ entry }: { readonly entry: RegisterEntry }) {
  return (
    <>
      <bdi>{entry.enteredByName ?? entry.enteredBy.replace(/^\w+:/, '')}</bdi>
      <small class="under">
        <Time at={entry.enteredAt} />
      </small>
    </>
  )
}

function History({ row: { agency, corrections } }: { readonly row: RegisterRow }) {
  const pick = usePick()
  const address = useAddress()
  return (
    <Link to={withQuery(address, { history: agency })} label={`${corrections + 1}, ${pick(words.historyOf)} ${agency}`}>
      {corrections + 1}
    </Link>
  )
}
