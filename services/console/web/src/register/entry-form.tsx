import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { type Bilingual, usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { Failure } from '../parts/states.tsx'
import { monthText } from '../reports/months.ts'
import { registerWords as words } from './words.ts'

const blank = { agency: '', outgoing: '', incoming: '' }

/** Null: left empty; undefined: no number. */
function numberIn(text: string): number | null | undefined {
  const digits = text.trim()
  if (digits === '') return null
  return /^\d{1,8}$/.test(digits) && Number(digits) <= 10_000_000 ? Number(digits) : undefined
}

/** One agency's totals of the month that is shown. */
export function EntryForm({ month }: { readonly month: string }) {
  const pick = usePick()
  const client = useQueryClient()
  const [form, setForm] = useState(blank)
  const [fault, setFault] = useState<Bilingual>()
  const [error, setError] = useState<unknown>()
  const [saved, setSaved] = useState('')
  const set = (name: keyof typeof blank) => (value: string) => setForm(before => ({ ...before, [name]: value }))
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const [outgoing, incoming] = [numberIn(form.outgoing), numberIn(form.incoming)]
    const wrong = outgoing === undefined || incoming === undefined
    const found = wrong ? words.badNumber : outgoing === null && incoming === null ? words.noNumber : undefined
    setFault(found)
    setError(undefined)
    setSaved('')
    if (found) return
    const agency = form.agency.trim()
    try {
      await api(`/register-totals/${encodeURIComponent(agency)}/${month}`, {
        method: 'PUT',
        body: { outgoing, incoming },
      })
      setSaved(agency)
      setForm(blank)
      await client.invalidateQueries({ queryKey: ['register-totals'] })
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <form class="panel stack" onSubmit={save}>
      <h2>
        {pick(words.enterTitle)}, {monthText(month)}
      </h2>
      <Field label={pick(words.code)} value={form.agency} onInput={set('agency')} maxLength={35} required />
      <Field
        label={pick(words.outgoing)}
        hint={pick(words.leaveEmpty)}
        value={form.outgoing}
        onInput={set('outgoing')}
        inputMode="numeric"
        maxLength={8}
      />
      <Field
        label={pick(words.incoming)}
        hint={pick(words.leaveEmpty)}
        value={form.incoming}
        onInput={set('incoming')}
        inputMode="numeric"
        maxLength={8}
      />
      {fault && (
        <p class="fault" role="alert">
          {pick(fault)}
        </p>
      )}
      {error !== undefined && <Failure error={error} />}
      <p class="small" role="status">
        {saved && `${pick(words.saved)} ${saved}.`}
      </p>
      <button type="submit" class="button primary">
        {pick(words.save)}
      </button>
    </form>
  )
}
