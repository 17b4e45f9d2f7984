import { useState } from 'preact/hooks'
import { urgencyWords } from '../documents/words.ts'
import { type Bilingual, usePick } from '../language.tsx'
import { Check, Choice, Field } from '../parts/field.tsx'
import { usePerson } from '../session.ts'
import { alertKinds, type Destination } from './alert-view.ts'
import { documentKinds, hubKinds, kindWords } from './kind-words.ts'
import { clockText, type RuleForm } from './rule-wish.ts'
import { alertWords as words } from './words.ts'

const halfHours = Array.from({ length: 48 }, (_, index) => index * 30)
const collecting = [15, 30, 60, 120, 240]
const hours = Array.from({ length: 24 }, (_, hour) => hour)

interface RuleFormProps {
  readonly start: RuleForm
  /** Of the rule's own account. */
  readonly destinations: readonly Destination[]
  readonly onSave: (form: RuleForm) => Promise<void>
}

export function RuleFormView({ start, destinations, onSave }: RuleFormProps) {
  const pick = usePick()
  const { scope } = usePerson()
  const [form, setForm] = useState(start)
  const [busy, setBusy] = useState(false)
  const set = (name: keyof RuleForm) => (value: string | boolean) => setForm(before => ({ ...before, [name]: value }))
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    await onSave(form).finally(() => setBusy(false))
  }
  const kinds = alertKinds.filter(kind => scope.everything || !hubKinds.has(kind))
  const { threshold } = kindWords[form.kind]
  return (
    <form class="form" onSubmit={send}>
      <Field label={pick(words.name)} value={form.name} onInput={set('name')} maxLength={100} required />
      <Choice
        label={pick(words.ruleKind)}
        value={form.kind}
        options={kinds.map(kind => ({ value: kind, text: pick(kindWords[kind].what) }))}
        onChange={set('kind')}
      />
      {threshold && (
        <Field
          label={pick(threshold)}
          value={form.threshold}
          onInput={set('threshold')}
          inputMode="numeric"
          maxLength={5}
          required
        />
      )}
      {documentKinds.has(form.kind) && (
        <Choice
          label={pick(words.leastPriority)}
          value={form.leastPriority}
          options={urgencyWords.map((text, urgency) => ({ value: String(urgency), text: pick(text) }))}
          onChange={set('leastPriority')}
        />
      )}
      {!hubKinds.has(form.kind) && (
        <Field
          label={pick(words.subtrees)}
          hint={pick(words.subtreesHint)}
          value={form.subtrees}
          onInput={set('subtrees')}
        />
      )}
      <Choice
        label={pick(words.destination)}
        value={form.destinationId}
        options={destinations.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={set('destinationId')}
      />
      <Choice label={pick(words.language)} value={form.language} options={languages(pick)} onChange={set('language')} />
      {documentKinds.has(form.kind) && (
        <Check
          label={pick(words.withSubject)}
          hint={pick(words.withSubjectHint)}
          checked={form.withSubject}
          onChange={set('withSubject')}
        />
      )}
      <Times form={form} set={set} />
      <Check label={pick(words.enabled)} checked={form.enabled} onChange={set('enabled')} />
      <button type="submit" class="button primary" disabled={busy}>
        {pick(words.save)}
      </button>
    </form>
  )
}

interface TimesProps {
  readonly form: RuleForm
  readonly set: (name: keyof RuleForm) => (value: string | boolean) => void
}

function Times({ form, set }: TimesProps) {
  const pick = usePick()
  const collected = [
    { value: '', text: pick(words.noDigest) },
    ...collecting.map(minutes => ({
      value: `minutes:${minutes}`,
      text: `${pick(words.everyMinutes)} ${minutes} ${pick(words.minutes)}`,
    })),
    ...hours.map(hour => ({ value: `hour:${hour}`, text: `${pick(words.dailyAt)} ${clockText(hour * 60)}` })),
  ]
  const clock = [
    { value: '', text: pick(words.noQuiet) },
    ...halfHours.map(minutes => ({ value: String(minutes), text: clockText(minutes) })),
  ]
  return (
    <fieldset>
      <legend>{pick(words.time)}</legend>
      <Choice
        label={pick(words.digest)}
        value={form.digest}
        options={withOwn(collected, form.digest)}
        onChange={set('digest')}
      />
      <div class="pair aligned">
        <Choice
          label={pick(words.quietFrom)}
          value={form.quietFrom}
          options={withOwn(clock, form.quietFrom)}
          onChange={set('quietFrom')}
        />
        <Choice
          label={pick(words.quietTo)}
          value={form.quietTo}
          options={withOwn(clock, form.quietTo)}
          onChange={set('quietTo')}
        />
      </div>
      <Check
        label={pick(words.workingDays)}
        hint={pick(words.workingDaysHint)}
        checked={form.workingDays}
        onChange={set('workingDays')}
      />
      <p class="small">{pick(words.neverHolds)}</p>
    </fieldset>
  )
}

interface Option {
  readonly value: string
  readonly text: string
}

/** What somebody set by the interface need not be one of ours. */
function withOwn(options: readonly Option[], own: string): readonly Option[] {
  if (options.some(({ value }) => value === own)) return options
  return [...options, { value: own, text: own.includes(':') ? own : clockText(Number(own)) }]
}

function languages(pick: (text: Bilingual) => string): readonly Option[] {
  return [
    { value: 'vi', text: pick(words.vietnamese) },
    { value: 'en', text: pick(words.english) },
  ]
}
