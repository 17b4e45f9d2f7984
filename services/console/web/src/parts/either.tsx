import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { partWords as words } from './words.ts'

interface EitherProps {
  readonly title: string
  readonly picture: ComponentChildren
  readonly table: ComponentChildren
}

/** A picture and a table of the same figures, one at a time, as the person likes. */
export function Either({ title, picture, table }: EitherProps) {
  const pick = usePick()
  const [asTable, setAsTable] = useState(false)
  return (
    <section class="block">
      <header class="block-head">
        <h2>{title}</h2>
        <button
          type="button"
          class="quiet"
          aria-label={`${title}: ${pick(asTable ? words.asPicture : words.asTable)}`}
          onClick={() => setAsTable(!asTable)}
        >
          {pick(asTable ? words.asPicture : words.asTable)}
        </button>
      </header>
      {asTable ? table : picture}
    </section>
  )
}
