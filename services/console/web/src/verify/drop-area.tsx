import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { words } from '../words.ts'

interface DropAreaProps {
  /** A file was checked before: the area steps back. */
  readonly again: boolean
  readonly onFile: (file: File) => void
}

export function DropArea({ again, onFile }: DropAreaProps) {
  const pick = usePick()
  const [over, setOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? []
    if (file) onFile(file)
  }
  return (
    <label
      class={`drop${over ? ' over' : ''}${again ? ' again' : ''}`}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <input
        type="file"
        onChange={event => {
          const input = event.currentTarget
          take(input.files)
          // The same file may be chosen again.
          input.value = ''
        }}
      />
      <span class="drop-title">{pick(again ? words.another : words.drop)}</span>
      <span class="drop-kinds">{pick(words.kinds)}</span>
    </label>
  )
}
