import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query'
import { useEffect } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Failure } from '../parts/states.tsx'
import type { AlertMessage } from './alert-view.ts'
import { Outcome } from './outcome.tsx'
import { alertWords as words } from './words.ts'

const askEveryMs = 700

/** Sends a real message and shows what the other side answers. */
export function Trial({ destinationId }: { readonly destinationId: string }) {
  const pick = usePick()
  const queries = useQueryClient()
  const trial = useMutation({
    mutationFn: () => api<{ readonly id: string }>(`/alerts/destinations/${destinationId}/test`, { method: 'POST' }),
  })
  const id = trial.data?.id
  const { data, error } = useQuery({
    queryKey: ['alerts', 'trial', id],
    queryFn: ({ signal }) => api<AlertMessage>(`/alerts/messages/${id}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'waiting' ? askEveryMs : false),
  })
  const settled = data !== undefined && data.state !== 'waiting'
  useEffect(() => {
    if (settled) void queries.invalidateQueries({ queryKey: ['alerts', 'messages'] })
  }, [settled, queries])
  const busy = trial.isPending || (id !== undefined && !settled && !error)
  const failed = trial.error ?? error
  return (
    <section class="part">
      <h2>{pick(words.tryOut)}</h2>
      <p class="small">{pick(words.tryOutEffect)}</p>
      <button type="button" class="button" disabled={busy} onClick={() => trial.mutate()}>
        {pick(words.tryOut)}
      </button>
      <div role="status" class="trial">
        {busy && <p class="small">{pick(words.trying)}</p>}
        {settled && (
          <p>
            {pick(data.state === 'sent' ? words.tried : words.notTried)} <Outcome message={data} />
          </p>
        )}
      </div>
      {failed && <Failure error={failed} />}
    </section>
  )
}
