import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { FileField } from '../parts/file-field.tsx'
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
  const [file, setFile] = useState<File>()
  const look = (event: SubmitEvent) => {
    event.preventDefault()
    if (file) onLook(file)
  }
  return (
    <form class="form" onSubmit={look}>
      <FileField
        label={pick(words.file)}
        hint={hint}
        accept={accept}
        required
        file={file}
        onFile={chosen => {
          setFile(chosen)
          onChoose()
        }}
      />
      {children}
      <button type="submit" class="button primary" disabled={busy}>
        {pick(words.preview)}
      </button>
    </form>
  )
}
