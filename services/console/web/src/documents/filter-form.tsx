import { useEffect, useState } from 'preact/hooks'
import { type Bilingual, usePick } from '../language.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { levelWords } from '../parts/level-words.ts'
import { navigate, useAddress, withQuery } from '../router.tsx'
import { businessWords, transportWords, urgencyWords, documentsWords as words } from './words.ts'

/** What can be asked, as it stands in the address; `after` is the place in the list. */
export const questionNames = [
  'q',
  'number',
  'subject',
  'sender',
  'receiver',
  'type',
  'priority',
  'transport',
  'business',
  'fromLevel',
  'toLevel',
  'issuedFrom',
  'issuedTo',
  'from',
  'to',
  'late',
  'needs',
  'why',
  'step',
  'since',
  'until',
] as const
type Name = (typeof questionNames)[number]
type Asked = Partial<Record<Name, string>>

const texts = [
  ['q', words.words],
  ['number', words.number],
  ['subject', words.subject],
  ['sender', words.sender],
  ['receiver', words.receiver],
  ['type', words.type],
] as const

const partyLevels = [
  ['fromLevel', words.fromLevel],
  ['toLevel', words.toLevel],
] as const

const days = [
  ['issuedFrom', words.issuedFrom],
  ['issuedTo', words.issuedTo],
  ['from', words.from],
  ['to', words.to],
] as const

/** Each question is part of the address: what is shown can be sent to a colleague. */
export function FilterForm() {
  const pick = usePick()
  const address = useAddress()
  const here = address.query.toString()
  const [asked, setAsked] = useState<Asked>(() => askedIn(address.query))
  useEffect(() => setAsked(askedIn(new URLSearchParams(here))), [here])
  const set = (name: Name) => (value: string) => setAsked(before => ({ ...before, [name]: value }))
  const go = (event: SubmitEvent) => {
    event.preventDefault()
    const trimmed = Object.fromEntries(questionNames.map(name => [name, asked[name]?.trim()]))
    navigate(withQuery(address, { ...trimmed, after: undefined }))
  }
  return (
    <form class="filters aligned" onSubmit={go}>
      {texts.map(([name, label]) => (
        <Field key={name} label={pick(label)} value={asked[name] ?? ''} onInput={set(name)} maxLength={500} />
      ))}
      <Choice
        label={pick(words.urgency)}
        value={asked.priority ?? ''}
        options={optionsOf(Object.entries(urgencyWords.slice(0, 4)), pick)}
        onChange={set('priority')}
      />
      <Choice
        label={pick(words.transport)}
        value={asked.transport ?? ''}
        options={optionsOf(Object.entries(transportWords).slice(1), pick)}
        onChange={set('transport')}
      />
      <Choice
        label={pick(words.business)}
        value={asked.business ?? ''}
        options={optionsOf(Object.entries(businessWords), pick)}
        onChange={set('business')}
      />
      {partyLevels.map(([name, label]) => (
        <Choice
          key={name}
          label={pick(label)}
          value={asked[name] ?? ''}
          options={optionsOf(Object.entries(levelWords), pick)}
          onChange={set(name)}
        />
      ))}
      {days.map(([name, label]) => (
        <Field key={name} label={pick(label)} type="date" value={asked[name] ?? ''} onInput={set(name)} />
      ))}
      <div class="filter-buttons">
        <button type="submit" class="button primary">
          {pick(words.search)}
        </button>
        <button type="button" class="button" onClick={() => navigate('/documents')}>
          {pick(words.clear)}
        </button>
      </div>
    </form>
  )
}

function askedIn(query: URLSearchParams): Asked {
  return Object.fromEntries(questionNames.flatMap(name => (query.has(name) ? [[name, query.get(name)]] : [])))
}

function optionsOf(entries: readonly (readonly [string, Bilingual])[], pick: ReturnType<typeof usePick>) {
  const known = entries.map(([value, text]) => ({ value, text: pick(text) }))
  // In numeric order whatever the engine makes of keys such as `13`.
  return [{ value: '', text: pick(words.any) }, ...known.sort(byCode)]
}

const byCode = (left: { value: string }, right: { value: string }): number =>
  /^\d/.test(left.value) ? left.value.localeCompare(right.value) : 0
