import { useContext } from 'preact/hooks'
import { LanguageContext, usePick } from '../language.tsx'
import { levelWords } from '../parts/level-words.ts'
import { dayText } from '../parts/time.tsx'
import { fieldWords } from './field-words.ts'
import { changeWords as words } from './words.ts'

/** One field of an agency that differs, as files write it. */
export interface FieldChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** Field by field what stands now and what would stand. */
export function BeforeAfter({ changes }: { readonly changes: readonly FieldChange[] }) {
  const pick = usePick()
  return (
    <ul class="before-after">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <span class="small">{pick(fieldWords[field] ?? { vi: field, en: field })}</span>
          <span>
            {before !== '' && (
              <>
                <span class="only-read">{pick(words.before)}: </span>
                <del>
                  <Value field={field} text={before} />
                </del>{' '}
                <span aria-hidden="true">→ </span>
              </>
            )}
            <span class="only-read">{pick(words.after)}: </span>
            <ins>{after === '' ? pick(words.nothing) : <Value field={field} text={after} />}</ins>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Value({ field, text }: { readonly field: string; readonly text: string }) {
  const language = useContext(LanguageContext)
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? dayText(text) : undefined
  const level = field === 'level' ? levelWords[text as keyof typeof levelWords]?.[language] : undefined
  return <bdi class="clamped">{day ?? level ?? text}</bdi>
}
