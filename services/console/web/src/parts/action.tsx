import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { type Bilingual, usePick } from '../language.tsx'
import { Ask } from './ask.tsx'
import { partWords as words } from './words.ts'

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
  /** Key of what is to be asked for anew. */
  readonly changes?: readonly string[]
}

const document = ['document']

/** A button that says what it will do, wants a reason, and then does it. */
export function Action({
  label,
  what,
  about,
  path,
  danger = false,
  leastReason = 5,
  done,
  changes = document,
}: ActionProps) {
  const pick = usePick()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [isDone, setDone] = useState(false)
  const act = async () => {
    await api(path, { method: 'POST', body: { reason: reason.trim() } })
    setDone(true)
    // The dialog closes at once; what the page shows follows.
    void queries.invalidateQueries({ queryKey: changes })
  }
  return (
    <>
      <Ask
        label={pick(label)}
        about={about}
        what={pick(what)}
        confirm={pick(words.confirm)}
        danger={danger}
        onOpen={() => setReason('')}
        act={act}
      >
        <label class="field">
          <span>{pick(words.reason)}</span>
          <textarea
            rows={3}
            required
            minLength={leastReason}
            maxLength={500}
            value={reason}
            onInput={event => setReason(event.currentTarget.value)}
          />
        </label>
      </Ask>
      {isDone && done && <span role="status">{pick(done)}</span>}
    </>
  )
}
