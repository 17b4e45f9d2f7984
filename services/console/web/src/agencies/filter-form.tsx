import { useEffect, useState } from 'preact/hooks'
import { type Bilingual, usePick } from '../language.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { levelWords } from '../parts/level-words.ts'
import { navigate, useAddress, withQuery } from '../router.tsx'
import { kindWords, agenciesWords as words } from './words.ts'

/** What can be asked, as it stands in the address; `after` is the place in the list, `open` what is open of the tree. */
export const questionNames = ['q', 'level', 'kind', 'locality', 'connected', 'state', 'parent'] as const
type Name = (typeof questionNames)[number]

const connections = { yes: words.connected, no: words.notConnected }
const states = { open: words.open, closed: words.closed }

interface FilterFormProps {
  readonly localities: readonly string[]
}

/** Words, and what narrows them: each is part of the address. */
export function FilterForm({ localities }: FilterFormProps) {
  const pick = usePick()
  const address = useAddress()
  const asked = address.query.get('q') ?? ''
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  const ask = (changes: Partial<Record<Name, string>>) =>
    navigate(withQuery(address, { q: text.trim(), ...changes, after: undefined }))
  const choice = (name: Name, label: Bilingual, options: readonly (readonly [string, string])[]) => (
    <Choice
      label={pick(label)}
      value={address.query.get(name) ?? ''}
      options={[['', pick(words.any)] as const, ...options].map(([value, said]) => ({ value, text: said }))}
      onChange={value => ask({ [name]: value })}
    />
  )
  const optionsOf = (texts: Readonly<Record<string, Bilingual>>) =>
    Object.entries(texts).map(([value, said]) => [value, pick(said)] as const)
  return (
    <form
      class="agency-filters"
      onSubmit={event => {
        event.preventDefault()
        ask({})
      }}
    >
      <div class="agency-search">
        <Field label={pick(words.words)} hint={pick(words.wordsHint)} value={text} onInput={setText} maxLength={200} />
        <button type="submit" class="button primary">
          {pick(words.search)}
        </button>
      </div>
      <div class="agency-choices">
        {choice('level', words.level, optionsOf(levelWords))}
        {choice('kind', words.kind, optionsOf(kindWords))}
        {choice(
          'locality',
          words.locality,
          localities.map(name => [name, name] as const),
        )}
        {choice('connected', words.connection, optionsOf(connections))}
        {choice('state', words.state, optionsOf(states))}
      </div>
    </form>
  )
}
