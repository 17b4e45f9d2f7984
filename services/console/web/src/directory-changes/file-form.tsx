import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { changeWords as words } from './words.ts'

interface FileFormProps {
  readonly hint: string
  /** Endings of the files that are taken. */
  readonly accept: string
  readonly busy: boolean
  readonly onLook: (file: File) => void
  /** Another file or another way: what was looked at holds no longer. */
  readonly onChoose: () => void
  readonly children?: ComponentChildren
}

/** A file, and the button that has it looked at. */
export function FileForm({ hint, accept, busy, onLook, onChoose, children }: FileFormProps) {
  const pick = usePick()
  const id = useId()
  const [file, setFile] = useState<File>()
  const look = (event: SubmitEvent) => {
    event.preventDefault()
    if (file) onLook(file)
  }
  return (
    <form class="form" onSubmit={look}>
      <div class="field">
        <label for={id}>{pick(words.file)}</label>
        <input
          id={id}
          type="file"
          accept={accept}
          required
          aria-describedby={`${id}-hint`}
          onChange={event => {
            setFile(event.currentTarget.files?.[0])
            onChoose()
          }}
        />
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      </div>
      {children}
      <button type="submit" class="button primary" disabled={busy}>
        {pick(words.preview)}
      </button>
    </form>
  )
}
