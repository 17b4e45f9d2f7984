import { usePick } from '../language.tsx'
import { Check, Choice, Field } from '../parts/field.tsx'
import { levelWords } from '../parts/level-words.ts'
import { type DeedField, type DeedName, type DraftLine, deedFields } from './reform-draft.ts'
import { deedWords, reformWords as words } from './reform-words.ts'

interface DraftLineProps {
  readonly line: DraftLine
  readonly put: (line: DraftLine) => void
}

/** What is done, and the fields that it takes; what is seldom needed is folded away. */
export function DraftLineFields({ line, put }: DraftLineProps) {
  const pick = usePick()
  const { needed, more, closes } = deedFields[line.do]
  const deeds = Object.entries(deedWords).map(([value, text]) => ({ value, text: pick(text) }))
  return (
    <>
      <div class="fields aligned">
        <Choice
          label={pick(words.deed)}
          value={line.do}
          options={deeds}
          onChange={value => put({ ...line, do: value as DeedName })}
        />
        {needed.map(field => (
          <DeedInput key={field} field={field} line={line} put={put} required />
        ))}
      </div>
      {more.length > 0 && (
        <details class="how">
          <summary>{pick(words.more)}</summary>
          <div class="fields aligned">
            {more.map(field => (
              <DeedInput key={field} field={field} line={line} put={put} />
            ))}
          </div>
          {closes && (
            <Check
              label={pick(words.follow)}
              hint={pick(words.followHint)}
              checked={line.follow}
              onChange={follow => put({ ...line, follow })}
            />
          )}
        </details>
      )}
    </>
  )
}

const longest: Partial<Record<DeedField, number>> = {
  codes: 20_000,
  into: 2_000,
  newName: 200,
  shortName: 100,
  locality: 100,
}
const hints: Partial<Record<DeedField, keyof typeof words>> = { codes: 'codesHint', into: 'intoHint' }

interface DeedInputProps extends DraftLineProps {
  readonly field: DeedField
  readonly required?: boolean
}

function DeedInput({ field, line, put, required = false }: DeedInputProps) {
  const pick = usePick()
  const set = (value: string) => put({ ...line, [field]: value })
  if (field === 'level') {
    const options = Object.entries(levelWords).map(([value, text]) => ({ value, text: pick(text) }))
    const open = options.filter(({ value }) => value !== 'district')
    return <Choice label={pick(words.level)} value={line.level ?? 'commune'} options={open} onChange={set} />
  }
  const hint = hints[field]
  return (
    <Field
      label={pick(words[field])}
      value={line[field] ?? ''}
      onInput={set}
      maxLength={longest[field] ?? 35}
      required={required}
      {...(hint && { hint: pick(words[hint]) })}
    />
  )
}
