import { useMutation, useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Actor } from '../parts/actor.tsx'
import { Failure } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { usePerson } from '../session.ts'
import { mayDecide } from './rights.ts'
import { commonName, type TrustRequest } from './trust-view.ts'
import { trustWords as words } from './words.ts'

/** What one person asked for and another has to confirm. */
export function Requests({ rows }: { readonly rows: readonly TrustRequest[] }) {
  const pick = usePick()
  if (rows.length === 0) return <p class="calm plain">{pick(words.noRequests)}</p>
  return (
    <ul class="requests">
      {rows.map(request => (
        <RequestRow key={request.id} request={request} />
      ))}
    </ul>
  )
}

function RequestRow({ request }: { readonly request: TrustRequest }) {
  const pick = usePick()
  const person = usePerson()
  const { action, object, subject, askedBy, askedAt } = request
  return (
    <li>
      <p>
        <strong>{pick(action === 'anchor.add' ? words.addAnchor : words.retireAnchor)}</strong>
        {subject !== null && (
          <>
            : <bdi>{commonName(subject)}</bdi>
          </>
        )}
      </p>
      <p class="small">
        SHA-256 <code>{object}</code>
      </p>
      <p class="small">
        {pick(words.askedBy)} <Actor who={askedBy} />, <Time at={askedAt} />
      </p>
      {mayDecide(person) && <Decision request={request} own={askedBy === `user:${person.login}`} />}
    </li>
  )
}

/** The one who asked may take it back, and never confirm it. */
function Decision({ request: { id }, own }: { readonly request: TrustRequest; readonly own: boolean }) {
  const pick = usePick()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const decide = useMutation({
    mutationFn: (decision: 'confirmed' | 'rejected') =>
      api(`/trust/requests/${id}/decision`, { method: 'POST', body: { decision } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['trust'] }),
  })
  return (
    <>
      {asking && <p>{pick(words.sure)}</p>}
      <div class="row">
        {!own && (
          <button
            type="button"
            class={asking ? 'button primary' : 'button'}
            disabled={decide.isPending}
            onClick={() => (asking ? decide.mutate('confirmed') : setAsking(true))}
          >
            {pick(asking ? words.yes : words.confirm)}
          </button>
        )}
        <button
          type="button"
          class="button danger"
          disabled={decide.isPending}
          onClick={() => (asking ? setAsking(false) : decide.mutate('rejected'))}
        >
          {pick(asking ? words.cancel : words.reject)}
        </button>
      </div>
      {decide.error && <Failure error={decide.error} />}
    </>
  )
}
