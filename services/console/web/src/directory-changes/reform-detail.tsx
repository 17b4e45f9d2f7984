import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api, Refused } from '../api.ts'
import { usePick } from '../language.tsx'
import { Actor } from '../parts/actor.tsx'
import { Ask } from '../parts/ask.tsx'
import { useNumber } from '../parts/number.ts'
import { Failure, Skeleton } from '../parts/states.tsx'
import { dayText, Time } from '../parts/time.tsx'
import { DeedText } from './deed-text.tsx'
import { Faults } from './faults.tsx'
import { ReasonField } from './reason-field.tsx'
import { ReformFiguresView } from './reform-figures.tsx'
import { ReformState } from './reform-state.tsx'
import type { ReformDetail } from './reform-view.ts'
import { reformWords as words } from './reform-words.ts'

/** One reform: why, what it says, and what it did or would do. */
export function ReformDetailView({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['reforms', id],
    queryFn: ({ signal }) => api<ReformDetail>(`/reforms/${encodeURIComponent(id)}`, { signal }),
  })
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton />
  return <Shown reform={data} />
}

function Shown({ reform }: { readonly reform: ReformDetail }) {
  const pick = usePick()
  const number = useNumber()
  const { title, name, state, outcome, preview, faults = [], changes, changeCount } = reform
  return (
    <article class="block">
      <h2>
        <bdi>{title}</bdi> <code>{name}</code>
      </h2>
      <Facts reform={reform} />
      {state === 'scheduled' && <Cancel reform={reform} />}
      {faults.length > 0 && (
        <>
          <h3>{pick(words.blockedBy)}</h3>
          <Faults error={new Refused(422, 'IMPORT_REFUSED', words.blocked, { errors: faults })} />
        </>
      )}
      <h3>{pick(outcome ? words.did : words.would)}</h3>
      <ReformFiguresView figures={outcome ?? preview} />
      <h3>{pick(words.changes)}</h3>
      <ol class="deeds">
        {changes.map((deed, index) => (
          <li key={index}>
            <DeedText deed={deed} />
          </li>
        ))}
      </ol>
      {changeCount > changes.length && (
        <p class="small">
          {pick(words.firstChanges)} {number(changeCount)}.
        </p>
      )}
    </article>
  )
}

function Facts({ reform }: { readonly reform: ReformDetail }) {
  const pick = usePick()
  const { state, effectiveOn, basis, askedBy, askedAt, reason, settledAt, cancelledBy, cancelReason } = reform
  return (
    <dl class="pairs">
      <dt>{pick(words.state)}</dt>
      <dd>
        <ReformState state={state} /> {settledAt && <Time at={settledAt} />}
      </dd>
      <dt>{pick(words.day)}</dt>
      <dd>{dayText(effectiveOn)}</dd>
      {basis && <Pair name={pick(words.basis)} text={basis} />}
      <dt>{pick(words.askedBy)}</dt>
      <dd>
        <Actor who={askedBy} />, <Time at={askedAt} />
      </dd>
      {reason && <Pair name={pick(words.reason)} text={reason} />}
      {cancelledBy && (
        <>
          <dt>{pick(words.cancelledBy)}</dt>
          <dd>
            <Actor who={cancelledBy} />
            {cancelReason && (
              <>
                : <bdi>{cancelReason}</bdi>
              </>
            )}
          </dd>
        </>
      )}
    </dl>
  )
}

function Pair({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </>
  )
}

function Cancel({ reform: { id, title } }: { readonly reform: ReformDetail }) {
  const pick = usePick()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const cancel = async () => {
    await api(`/reforms/${id}/cancel`, { method: 'POST', body: { reason: reason.trim() } })
    await queries.invalidateQueries({ queryKey: ['reforms'] })
  }
  return (
    <Ask
      label={pick(words.cancel)}
      about={title}
      what={pick(words.cancelWhat)}
      confirm={pick(words.cancel)}
      danger
      onOpen={() => setReason('')}
      act={cancel}
    >
      <ReasonField value={reason} onInput={setReason} />
    </Ask>
  )
}
