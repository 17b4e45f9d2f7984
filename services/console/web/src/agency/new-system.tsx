import { useState } from 'preact/hooks'
import { Refused } from '../api.ts'
import { ReasonField } from '../directory-changes/reason-field.tsx'
import { usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Field } from '../parts/field.tsx'
import { newSystemWords as words } from './new-system-words.ts'
import { useChange } from './use-change.ts'

interface NewSystemProps {
  readonly code: string
  /** What connects for the agency already goes on doing so. */
  readonly hasOthers: boolean
}

const empty = { id: '', name: '', reason: '' }

/** What is to connect for an agency. It can do nothing until it is given a token or a secret. */
export function NewSystem({ code, hasOthers }: NewSystemProps) {
  const pick = usePick()
  const change = useChange(code)
  const [form, setForm] = useState(empty)
  const set = (name: keyof typeof empty) => (value: string) => setForm(before => ({ ...before, [name]: value }))
  const make = async () => {
    const body = { id: form.id.trim(), name: form.name.trim(), reason: form.reason.trim() }
    try {
      await change<void>('/systems', { method: 'POST', body })
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'STATE_CONFLICT') throw error
      throw new Refused(error.status, error.code, words.taken)
    }
  }
  return (
    <div class="below">
      <Ask
        label={pick(words.newSystem)}
        about={code}
        what={pick(hasOthers ? words.effectBesideOthers : words.effect)}
        confirm={pick(words.make)}
        onOpen={() => setForm(empty)}
        act={make}
      >
        <Field
          label={pick(words.id)}
          hint={pick(words.idHint)}
          value={form.id}
          onInput={set('id')}
          required
          maxLength={64}
          pattern="\s*[A-Za-z0-9._#\-]+\s*"
        />
        <Field label={pick(words.name)} value={form.name} onInput={set('name')} required maxLength={200} />
        <ReasonField value={form.reason} onInput={set('reason')} />
      </Ask>
    </div>
  )
}
