import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { DraftLineFields } from './draft-line.tsx'
import { type DraftLine, emptyDraft, type ReformDraft, reformFileOf } from './reform-draft.ts'
import { reformWords as words } from './reform-words.ts'
import { changeWords } from './words.ts'

interface ReformFormProps {
  readonly busy: boolean
  readonly onLook: (file: Blob) => void
  /** What was looked at holds no longer. */
  readonly onChange: () => void
}

/** A reform built up line by line. */
export function ReformForm({ busy, onLook, onChange }: ReformFormProps) {
  const pick = usePick()
  const [draft, setDraft] = useState(emptyDraft)
  const put = (change: Partial<ReformDraft>) => {
    onChange()
    setDraft(before => ({ ...before, ...change }))
  }
  const { lines } = draft
  const add = () =>
    put({ lines: [...lines, { id: Math.max(0, ...lines.map(({ id }) => id)) + 1, do: 'merge', follow: false }] })
  const putLine = (line: DraftLine) => put({ lines: lines.map(each => (each.id === line.id ? line : each)) })
  const look = (event: SubmitEvent) => {
    event.preventDefault()
    onLook(reformFileOf(draft))
  }
  return (
    <form class="form wide" onSubmit={look}>
      <Head draft={draft} put={put} />
      {lines.map((line, index) => (
        <fieldset key={line.id}>
          <legend>
            {pick(words.line)} {index + 1}
          </legend>
          <DraftLineFields line={line} put={putLine} />
          {lines.length > 1 && (
            <button
              type="button"
              class="button danger"
              aria-label={`${pick(words.remove)}: ${pick(words.line)} ${index + 1}`}
              onClick={() => put({ lines: lines.filter(({ id }) => id !== line.id) })}
            >
              {pick(words.remove)}
            </button>
          )}
        </fieldset>
      ))}
      <div class="row">
        <button type="button" class="button" onClick={add}>
          {pick(words.add)}
        </button>
        <button type="submit" class="button primary" disabled={busy}>
          {pick(changeWords.preview)}
        </button>
      </div>
    </form>
  )
}

interface HeadProps {
  readonly draft: ReformDraft
  readonly put: (change: Partial<ReformDraft>) => void
}

function Head({ draft: { title, name, basis, effectiveOn, graceUntil }, put }: HeadProps) {
  const pick = usePick()
  return (
    <fieldset>
      <legend>{pick(words.head)}</legend>
      <div class="fields aligned">
        <Field
          label={pick(words.titleField)}
          value={title}
          onInput={value => put({ title: value })}
          maxLength={300}
          required
        />
        <Field
          label={pick(words.name)}
          hint={pick(words.nameHint)}
          value={name}
          onInput={value => put({ name: value })}
          maxLength={64}
          required
        />
        <Field
          label={pick(words.effectiveOn)}
          type="date"
          value={effectiveOn}
          onInput={value => put({ effectiveOn: value })}
          required
        />
        <Field
          label={pick(words.graceUntil)}
          type="date"
          value={graceUntil}
          onInput={value => put({ graceUntil: value })}
        />
        <Field label={pick(words.basis)} value={basis} onInput={value => put({ basis: value })} maxLength={1000} />
      </div>
    </fieldset>
  )
}
