import { usePick } from '../language.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { TextArea } from '../parts/text-area.tsx'
import type { SetField } from './destination-form.tsx'
import type { DestinationForm } from './destination-wish.ts'
import { alertWords as words } from './words.ts'

interface ConnectionFieldsProps {
  readonly form: DestinationForm
  readonly set: SetField
}

/** Written and never read: it is given whole each time. */
export function ConnectionFields({ form, set }: ConnectionFieldsProps) {
  const pick = usePick()
  return (
    <fieldset>
      <legend>{pick(words.connection)}</legend>
      {form.kind === 'mail' ? <MailConnection form={form} set={set} /> : <WebhookConnection form={form} set={set} />}
    </fieldset>
  )
}

function MailConnection({ form, set }: ConnectionFieldsProps) {
  const pick = usePick()
  const securities = [
    { value: 'starttls', text: 'STARTTLS' },
    { value: 'tls', text: 'TLS' },
    { value: 'none', text: pick(words.unencrypted) },
  ]
  return (
    <>
      <Field label={pick(words.host)} value={form.host} onInput={set('host')} maxLength={253} required />
      <div class="pair aligned">
        <Field
          label={pick(words.port)}
          value={form.port}
          onInput={set('port')}
          inputMode="numeric"
          maxLength={5}
          required
        />
        <Choice label={pick(words.security)} value={form.security} options={securities} onChange={set('security')} />
      </div>
      {form.security !== 'none' && (
        <>
          <Field label={pick(words.user)} value={form.user} onInput={set('user')} autocomplete="off" maxLength={320} />
          <Field
            label={pick(words.password)}
            hint={pick(words.secretHint)}
            type="password"
            value={form.password}
            onInput={set('password')}
            autocomplete="new-password"
          />
        </>
      )}
    </>
  )
}

function WebhookConnection({ form, set }: ConnectionFieldsProps) {
  const pick = usePick()
  return (
    <>
      <Field
        label={pick(words.url)}
        hint={pick(words.urlHint)}
        value={form.url}
        onInput={set('url')}
        autocomplete="off"
        maxLength={2000}
        required
      />
      <TextArea
        label={pick(words.headers)}
        hint={pick(words.headersHint)}
        value={form.headers}
        onInput={set('headers')}
        rows={2}
      />
      <Field
        label={pick(words.secret)}
        hint={pick(words.secretHint)}
        type="password"
        value={form.secret}
        onInput={set('secret')}
        autocomplete="new-password"
      />
    </>
  )
}
