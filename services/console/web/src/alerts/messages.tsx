import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import type { AlertMessage, Items } from './alert-view.ts'
import { Outcome } from './outcome.tsx'
import { alertWords as words } from './words.ts'

const states = [
  { state: undefined, text: words.all },
  { state: 'waiting', text: words.waiting },
  { state: 'sent', text: words.delivered },
  { state: 'failed', text: words.failed },
] as const

/** What was told, newest first; which, and from where on, stands in the address. */
export function Messages() {
  const pick = usePick()
  const address = useAddress()
  const question = new URLSearchParams(
    ['state', 'before'].flatMap(name => (address.query.has(name) ? [[name, address.query.get(name) ?? '']] : [])),
  ).toString()
  const { data, error, refetch } = useQuery({
    queryKey: ['alerts', 'messages', question],
    queryFn: ({ signal }) => api<Items<AlertMessage>>(`/alerts/messages?${question}`, { signal }),
  })
  return (
    <section id="sent" class="block">
      <h2>{pick(words.sent)}</h2>
      <nav class="chips" aria-label={pick(words.outcome)}>
        {states.map(({ state, text }) => (
          <Link
            key={text.en}
            to={withQuery(address, { state, before: undefined })}
            class="chip"
            current={(address.query.get('state') ?? undefined) === state}
          >
            {pick(text)}
          </Link>
        ))}
      </nav>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={4} />
      ) : data.items.length === 0 ? (
        <Empty title={pick(question === '' ? words.noMessages : words.noneOfState)}>
          <p class="small">{pick(words.noMessagesHint)}</p>
        </Empty>
      ) : (
        <MessageTable messages={data.items} />
      )}
      {(address.query.has('before') || data?.next) && (
        <div class="row pager">
          {address.query.has('before') && (
            <Link to={withQuery(address, { before: undefined })}>{pick(words.newest)}</Link>
          )}
          {data?.next && <Link to={withQuery(address, { before: data.next })}>{pick(words.older)}</Link>}
        </div>
      )}
    </section>
  )
}

function MessageTable({ messages }: { readonly messages: readonly AlertMessage[] }) {
  const pick = usePick()
  const columns: readonly Column<AlertMessage>[] = [
    { head: pick(words.message), wide: true, cell: message => <Message message={message} /> },
    { head: pick(words.where), cell: ({ destination }) => <bdi>{destination}</bdi> },
    { head: pick(words.at), cell: ({ createdAt }) => <Time at={createdAt} /> },
    { head: pick(words.outcome), wide: true, cell: message => <Result message={message} /> },
  ]
  return <Table caption={pick(words.sent)} columns={columns} rows={messages} keyOf={({ id }) => id} />
}

function Message({ message: { title, text, rule, urgent } }: { readonly message: AlertMessage }) {
  const pick = usePick()
  return (
    <>
      <bdi class="strong">{title}</bdi> {rule === null && <Badge tone="plain">{pick(words.trial)}</Badge>}{' '}
      {urgent && <Badge tone="bad">{pick(words.urgent)}</Badge>}
      <details>
        <summary>{pick(words.whole)}</summary>
        <p class="alert-text">
          <bdi>{text}</bdi>
        </p>
      </details>
    </>
  )
}

function Result({ message }: { readonly message: AlertMessage }) {
  const pick = usePick()
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () => api(`/alerts/messages/${message.id}/retry`, { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts', 'messages'] }),
  })
  return (
    <>
      <Outcome message={message} />
      {message.state === 'failed' && (
        <button type="button" class="quiet" disabled={again.isPending} onClick={() => again.mutate()}>
          {pick(words.again)}
        </button>
      )}
      {again.error && <Failure error={again.error} />}
    </>
  )
}
