import { useQueryClient } from '@tanstack/preact-query'
import { useId, useRef, useState } from 'preact/hooks'
import { api } from '../api.ts'
import { type Bilingual, usePick } from '../language.tsx'
import { Failure } from '../parts/states.tsx'
import { documentWords as words } from './words.ts'

interface ActionProps {
  /** On the button. */
  readonly label: Bilingual
  /** What it will do, said before it does it. */
  readonly what: Bilingual
  /** Whom or what it concerns. */
  readonly about: string
  readonly path: string
  readonly danger?: boolean
  /** Letters that a reason has at least. */
  readonly leastReason?: number
  /** Said once it is done, where the page itself does not show it. */
  readonly done?: Bilingual
}

/** A button that says what it will do, wants a reason, and then does it. */
export function Action({ label, what, about, path, danger = false, leastReason = 5, done }: ActionProps) {
  const pick = usePick()
  const queries = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const [isDone, setDone] = useState(false)
  const open = () => {
    setReason('')
    setError(undefined)
    dialog.current?.showModal()
  }
  const go = async (event: SubmitEvent) => {
    event.preventDefault()
    try {
      await api(path, { method: 'POST', body: { reason: reason.trim() } })
      dialog.current?.close()
      setDone(true)
      await queries.invalidateQueries({ queryKey: ['document'] })
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <>
      <button type="button" class={danger ? 'button danger' : 'button'} onClick={open}>
        {pick(label)}
      </button>
      {isDone && done && <span role="status">{pick(done)}</span>}
      <dialog ref={dialog} class="dialog" aria-labelledby={id}>
        <form class="stack" onSubmit={go}>
          <h2 id={id}>
            {pick(label)}: <bdi>{about}</bdi>
          </h2>
          <p>{pick(what)}</p>
          <label class="field">
            <span>{pick(words.why)}</span>
            <textarea
              rows={3}
              required
              minLength={leastReason}
              maxLength={500}
              value={reason}
              onInput={event => setReason(event.currentTarget.value)}
            />
          </label>
          {error !== undefined && <Failure error={error} />}
          <div class="row">
            <button type="submit" class={danger ? 'button danger' : 'button primary'}>
              {pick(words.confirm)}
            </button>
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              {pick(words.notNow)}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
