import { useState } from 'preact/hooks'
import { roleWords } from '../account/rights.ts'
import { usePick } from '../language.tsx'
import { everyRole } from '../pages.ts'
import { Check, Choice, Field } from '../parts/field.tsx'
import type { Role, Scope } from '../session.ts'
import type { Account } from './account.ts'
import { peopleWords as words } from './words.ts'

/** The form as it is typed: lists are lines of text with commas between. */
export interface PersonWish {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly everything: boolean
  readonly subtrees: string
  readonly systems: string
  readonly localities: string
  readonly groups: string
  readonly agencies: string
  readonly withPassword: boolean
}

export const emptyForm: PersonWish = {
  login: '',
  name: '',
  role: 'viewer',
  everything: false,
  subtrees: '',
  systems: '',
  localities: '',
  groups: '',
  agencies: '',
  withPassword: true,
}

export function formOf({ login, name, role, scope, agencies }: Account): PersonWish {
  const line = (list: readonly string[]) => list.join(', ')
  return {
    ...emptyForm,
    login,
    name,
    role,
    everything: scope.everything,
    subtrees: line(scope.subtrees),
    systems: line(scope.systems),
    localities: line(scope.localities),
    groups: line(scope.groups),
    agencies: line(agencies),
  }
}

/** As the interface takes it. */
export function wishOf(form: PersonWish) {
  const list = (line: string) =>
    line
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== '')
  const scope: Scope = {
    everything: form.everything,
    subtrees: list(form.subtrees),
    systems: list(form.systems),
    localities: list(form.localities),
    groups: list(form.groups),
  }
  return { name: form.name.trim(), role: form.role, scope, agencies: list(form.agencies) }
}

interface PersonFormProps {
  readonly start: PersonWish
  readonly isNew: boolean
  readonly onSave: (wish: PersonWish) => Promise<void>
}

export function PersonForm({ start, isNew, onSave }: PersonFormProps) {
  const pick = usePick()
  const [form, setForm] = useState(start)
  const [busy, setBusy] = useState(false)
  const set = (name: keyof PersonWish) => (value: string | boolean) => setForm(before => ({ ...before, [name]: value }))
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    await onSave(form).finally(() => setBusy(false))
  }
  const roles = everyRole.map(role => ({ value: role, text: pick(roleWords[role]) }))
  return (
    <form class="form" onSubmit={send}>
      {isNew && (
        <Field
          label={pick(words.login)}
          hint={pick(words.loginHint)}
          value={form.login}
          onInput={set('login')}
          required
        />
      )}
      <Field label={pick(words.name)} value={form.name} onInput={set('name')} maxLength={200} required />
      <Choice label={pick(words.role)} value={form.role} options={roles} onChange={set('role')} />
      <fieldset>
        <legend>{pick(words.scope)}</legend>
        <Check label={pick(words.everything)} checked={form.everything} onChange={set('everything')} />
        {!form.everything && <ScopeFields form={form} set={set} />}
      </fieldset>
      <Field
        label={pick(words.agencies)}
        hint={pick(words.agenciesHint)}
        value={form.agencies}
        onInput={set('agencies')}
      />
      {isNew && (
        <Check
          label={pick(words.withPassword)}
          hint={pick(words.withPasswordHint)}
          checked={form.withPassword}
          onChange={set('withPassword')}
        />
      )}
      <button type="submit" class="button primary" disabled={busy}>
        {pick(isNew ? words.create : words.save)}
      </button>
    </form>
  )
}

interface ScopeFieldsProps {
  readonly form: PersonWish
  readonly set: (name: keyof PersonWish) => (value: string) => void
}

function ScopeFields({ form, set }: ScopeFieldsProps) {
  const pick = usePick()
  return (
    <>
      <Field
        label={pick(words.subtrees)}
        hint={pick(words.subtreesHint)}
        value={form.subtrees}
        onInput={set('subtrees')}
      />
      <Field label={pick(words.systems)} hint={pick(words.commas)} value={form.systems} onInput={set('systems')} />
      <Field
        label={pick(words.localities)}
        hint={pick(words.commas)}
        value={form.localities}
        onInput={set('localities')}
      />
      <Field label={pick(words.groups)} hint={pick(words.commas)} value={form.groups} onInput={set('groups')} />
    </>
  )
}
