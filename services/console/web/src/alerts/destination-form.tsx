import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Check, Choice, Field } from '../parts/field.tsx'
import { TextArea } from '../parts/text-area.tsx'
import { ConnectionFields } from './connection-fields.tsx'
import type { DestinationForm } from './destination-wish.ts'
import { alertWords as words } from './words.ts'

export type SetField = (name: keyof DestinationForm) => (value: string | boolean) => void

interface DestinationFormProps {
  readonly start: DestinationForm
  readonly isNew: boolean
  readonly onSave: (form: DestinationForm) => Promise<void>
}

export function DestinationFormView({ start, isNew, onSave }: DestinationFormProps) {
  const pick = usePick()
  const [form, setForm] = useState(start)
  const [busy, setBusy] = useState(false)
  const set: SetField = name => value => setForm(before => ({ ...before, [name]: value }))
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    await onSave(form).finally(() => setBusy(false))
    // What was typed of it is kept by the hub alone from now on.
    if (!isNew)
      setForm(({ name, kind, from, to, method, type, template }) => ({
        ...start,
        name,
        kind,
        from,
        to,
        method,
        type,
        template,
      }))
  }
  const kinds = [
    { value: 'mail', text: pick(words.mail) },
    { value: 'webhook', text: pick(words.webhook) },
  ]
  return (
    <form class="form" onSubmit={send}>
      <Field label={pick(words.name)} value={form.name} onInput={set('name')} maxLength={100} required />
      {isNew && <Choice label={pick(words.kind)} value={form.kind} options={kinds} onChange={set('kind')} />}
      {form.kind === 'mail' ? <MailFields form={form} set={set} /> : <WebhookFields form={form} set={set} />}
      {!isNew && (
        <Check
          label={pick(words.changeConnection)}
          hint={pick(words.changeConnectionHint)}
          checked={form.withConnection}
          onChange={set('withConnection')}
        />
      )}
      {form.withConnection && <ConnectionFields form={form} set={set} />}
      <button type="submit" class="button primary" disabled={busy}>
        {pick(words.save)}
      </button>
    </form>
  )
}

interface FieldsProps {
  readonly form: DestinationForm
  readonly set: SetField
}

function MailFields({ form, set }: FieldsProps) {
  const pick = usePick()
  return (
    <>
      <Field label={pick(words.from)} value={form.from} onInput={set('from')} maxLength={320} required />
      <Field label={pick(words.to)} hint={pick(words.toHint)} value={form.to} onInput={set('to')} required />
    </>
  )
}

function WebhookFields({ form, set }: FieldsProps) {
  const pick = usePick()
  const methods = ['POST', 'GET'].map(value => ({ value, text: value }))
  const types = [
    { value: 'json', text: 'JSON' },
    { value: 'form', text: 'application/x-www-form-urlencoded' },
    { value: 'text', text: 'text/plain' },
  ]
  return (
    <>
      <Choice label={pick(words.method)} value={form.method} options={methods} onChange={set('method')} />
      {form.method === 'POST' && (
        <>
          <Choice label={pick(words.type)} value={form.type} options={types} onChange={set('type')} />
          <TextArea
            label={pick(words.template)}
            hint={pick(words.templateHint)}
            value={form.template}
            onInput={set('template')}
            maxLength={8000}
            required
          />
        </>
      )}
    </>
  )
}
