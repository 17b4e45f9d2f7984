import { useId } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { partWords as words } from './words.ts'

interface FileFieldProps {
  readonly label: string
  /** What was chosen. */
  readonly file: File | undefined
  readonly onFile: (file: File | undefined) => void
  /** Endings of the files that are taken. */
  readonly accept: string
  readonly hint?: string
  readonly required?: boolean
}

/** A file to choose, or to let go of here. The browser's own field would say so in the browser's language. */
export function FileField({ label, file, onFile, hint, ...given }: FileFieldProps) {
  const pick = usePick()
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="file-box">
        <input
          {...given}
          id={id}
          type="file"
          aria-describedby={`${id}-name${hint ? ` ${id}-hint` : ''}`}
          // The same file may be chosen again once it is corrected.
          onClick={event => {
            event.currentTarget.value = ''
            onFile(undefined)
          }}
          onChange={event => onFile(event.currentTarget.files?.[0])}
        />
        <span class="file-button" aria-hidden="true">
          {pick(words.chooseFile)}
        </span>
        <bdi id={`${id}-name`} class={file ? 'file-chosen' : 'file-chosen none'}>
          {file?.name ?? pick(words.noFile)}
        </bdi>
      </div>
      {hint && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
    </div>
  )
}
