import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Actor } from '../parts/actor.tsx'
import { Badge } from '../parts/badge.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { BeforeAfter, type FieldChange } from './before-after.tsx'
import { ChangesHead } from './changes-head.tsx'
import { RequestDecision } from './request-decision.tsx'
import { requestWords as words } from './request-words.ts'
import './directory-changes.css'

export interface AgencyRequest {
  readonly id: string
  readonly systemId: string
  readonly kind: 'register' | 'change' | 'close'
  readonly code: string
  readonly name?: string
  readonly wish: Readonly<Record<string, string>>
  readonly changes: readonly FieldChange[]
  readonly obstacle?: { readonly obstacle: 'exists' | 'unknown'; readonly code: string }
  readonly state: 'pending' | 'approved' | 'refused'
  readonly requestedAt: string
  readonly decidedAt?: string
  readonly decidedBy?: string
  readonly reason?: string
}

const states = ['pending', 'approved', 'refused'] as const

/** What systems ask to have changed in the directory: beside what stands now, and what was decided by whom. */
export function RequestsPage() {
  const pick = usePick()
  const address = useAddress()
  const state = states.find(each => each === address.query.get('state')) ?? 'pending'
  const { data, error, refetch } = useQuery({
    queryKey: ['agency-requests', state],
    queryFn: ({ signal }) =>
      api<{ readonly items: readonly AgencyRequest[] }>(`/agency-requests?state=${state}`, { signal }),
  })
  return (
    <>
      <ChangesHead title={pick(words.title)} lead={pick(words.lead)} />
      <nav class="chips" aria-label={pick(words.states)}>
        {states.map(each => (
          <Link
            key={each}
            to={withQuery(address, { state: each === 'pending' ? undefined : each })}
            class="chip"
            current={each === state}
          >
            {pick(words[each])}
          </Link>
        ))}
      </nav>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton />
      ) : data.items.length === 0 ? (
        <Nothing state={state} />
      ) : (
        <ul class="change-cards">
          {data.items.map(request => (
            <RequestCard key={request.id} request={request} />
          ))}
        </ul>
      )}
    </>
  )
}

function Nothing({ state }: { readonly state: AgencyRequest['state'] }) {
  const pick = usePick()
  if (state !== 'pending') return <Empty title={pick(words.emptyDecided)} />
  return (
    <Empty title={pick(words.emptyPending)}>
      <p class="small">{pick(words.emptyPendingHint)}</p>
    </Empty>
  )
}

function RequestCard({ request }: { readonly request: AgencyRequest }) {
  const pick = usePick()
  const { kind, code, name, systemId, requestedAt, state, obstacle } = request
  return (
    <li class="change-card">
      <h2>
        {pick(words[kind])}: <code>{code}</code> {name && <bdi class="clamped">{name}</bdi>}
      </h2>
      <p class="small">
        {pick(words.asks)} <code>{systemId}</code> {pick(words.asked)} <Time at={requestedAt} />
      </p>
      <Wished request={request} />
      {obstacle && (
        <p>
          <Badge tone="bad">{pick(words[obstacle.obstacle])}</Badge> <code>{obstacle.code}</code>
        </p>
      )}
      {state === 'pending' ? <RequestDecision request={request} /> : <Decided request={request} />}
    </li>
  )
}

/** What would change; once that is decided, what was wished for. */
function Wished({ request: { changes, wish, state, obstacle } }: { readonly request: AgencyRequest }) {
  const pick = usePick()
  const wished = Object.entries(wish).map(([field, after]) => ({ field, before: '', after }))
  const contacts = wished.filter(({ field }) => !['code', 'name', 'parent'].includes(field))
  const shown = state === 'pending' && !obstacle ? [...changes, ...contacts] : wished
  if (shown.length > 0) return <BeforeAfter changes={shown} />
  return state === 'pending' ? <p class="small">{pick(words.nothingToSee)}</p> : null
}

function Decided({ request: { state, decidedAt, decidedBy, reason } }: { readonly request: AgencyRequest }) {
  const pick = usePick()
  return (
    <>
      <p class="row small">
        <Badge tone={state === 'approved' ? 'good' : 'bad'}>{pick(words[state])}</Badge>
        <span>
          {pick(words.by)} {decidedBy && <Actor who={decidedBy} />} {decidedAt && <Time at={decidedAt} />}
        </span>
      </p>
      {reason && (
        <p class="small">
          {pick(words.because)} <bdi>{reason}</bdi>
        </p>
      )}
    </>
  )
}
