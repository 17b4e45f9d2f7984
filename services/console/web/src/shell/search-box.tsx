import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { navigate, useAddress } from '../router.tsx'
import { searchPlace } from './search-place.ts'
import { shellWords as words } from './words.ts'

/** One box for everything: a number, a code, an id or words. */
export function SearchBox() {
  const pick = usePick()
  const { path, query } = useAddress()
  const asked = path === '/documents' ? (query.get('q') ?? '') : ''
  const [text, setText] = useState<string>()
  const go = (event: SubmitEvent) => {
    event.preventDefault()
    const { path: to, outside } = searchPlace(text ?? asked)
    setText(undefined)
    if (outside) location.assign(to)
    else navigate(to)
  }
  return (
    <search class="search">
      <form onSubmit={go}>
        <Icon name="search" />
        <input
          type="search"
          name="q"
          value={text ?? asked}
          placeholder={pick(words.searchHint)}
          aria-label={pick(words.search)}
          onInput={event => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  )
}
