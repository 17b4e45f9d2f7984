import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Action } from '../parts/action.tsx'
import { inCharge } from '../parts/in-charge.ts'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { partWords as parts } from '../parts/words.ts'
import { Link, useAddress, withQuery } from '../router.tsx'
import { usePerson } from '../session.ts'
import { deadLettersWords as words } from './words.ts'

interface Letter {
  readonly id: string
  readonly group: string
  readonly code: string
  readonly reason: string
  readonly attempts: number
  readonly at: string
  /** The document it is about, where it is about one. */
  readonly document: string | null
}

interface LetterPage {
  readonly items: readonly Letter[]
  readonly next: string | null
}

/** Events that a service gave up, of the whole hub: why, what they were about, and a way to try again. */
export function DeadLettersPage() {
  const pick = usePick()
  const address = useAddress()
  const question = address.query.toString()
  const { data, error, refetch } = useQuery({
    queryKey: ['dead-letters', question],
    queryFn: ({ signal }) => api<LetterPage>(`/dead-letters?${question}`, { signal }),
  })
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <p class="lead">{pick(words.lead)}</p>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={6} />
      ) : data.items.length === 0 ? (
        <Empty title={pick(words.none)}>
          <p class="small">{pick(words.noneHint)}</p>
        </Empty>
      ) : (
        <Letters rows={data.items} />
      )}
      <nav class="pager">
        {address.query.has('after') && (
          <Link to={withQuery(address, { after: undefined })} class="button">
            {pick(words.first)}
          </Link>
        )}
        {data?.next && (
          <Link to={withQuery(address, { after: data.next })} class="button">
            {pick(words.next)}
          </Link>
        )}
      </nav>
    </>
  )
}

function Letters({ rows }: { readonly rows: readonly Letter[] }) {
  const pick = usePick()
  const { role } = usePerson()
  const replay: Column<Letter> = {
    head: pick(words.action),
    cell: ({ id, group }) => (
      <Action
        label={parts.replay}
        what={parts.replayWhat}
        about={group}
        path={`/dead-letters/${id}/replay`}
        changes={['dead-letters']}
      />
    ),
  }
  const columns: readonly Column<Letter>[] = [
    { head: pick(words.at), cell: ({ at }) => <Time at={at} /> },
    { head: pick(words.step), cell: ({ group }) => <bdi>{group}</bdi> },
    { head: pick(words.why), wide: true, cell: row => <Why row={row} /> },
    { head: pick(words.tries), number: true, cell: ({ attempts }) => attempts },
    { head: pick(words.about), cell: row => <About row={row} /> },
    ...(inCharge.has(role) ? [replay] : []),
  ]
  return <Table caption={pick(words.title)} columns={columns} rows={rows} keyOf={({ id }) => id} />
}

function Why({ row: { reason, code } }: { readonly row: Letter }) {
  return (
    <>
      <bdi>{reason}</bdi>
      <small class="under">
        <a href={`/help/${code}`}>
          <code>{code}</code>
        </a>
      </small>
    </>
  )
}

function About({ row: { document } }: { readonly row: Letter }) {
  const pick = usePick()
  if (document === null) return <>{pick(words.noDocument)}</>
  return <Link to={`/documents/${document}`}>{pick(words.toDocument)}</Link>
}
