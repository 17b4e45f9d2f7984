import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { usePerson } from '../session.ts'
import { ChangesHead } from './changes-head.tsx'
import { ColumnHelp } from './column-help.tsx'
import { ExportPart } from './export-part.tsx'
import { Faults } from './faults.tsx'
import { FileForm } from './file-form.tsx'
import { type ImportPreview, ImportPreviewView } from './import-preview.tsx'
import { importWords as words } from './import-words.ts'
import { UploadState } from './upload-state.tsx'
import { useUpload } from './use-upload.ts'
import './directory-changes.css'

interface Chosen {
  readonly file: File
  /** The question of the address: how the file is read. */
  readonly question: string
}

/** A directory file: looked at first, then done as it was looked at. */
export function ImportPage() {
  const pick = usePick()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Chosen>()
  const [done, setDone] = useState(false)
  const preview = useUpload<ImportPreview>()
  const look = (file: File, mode: string) => {
    const format = file.name.toLowerCase().endsWith('.json') ? 'json' : 'csv'
    const question = `format=${format}&mode=${mode}`
    setChosen({ file, question })
    setDone(false)
    void preview.send(`/agency-import/preview?${question}`, file)
  }
  const written = async () => {
    setDone(true)
    preview.forget()
    await queries.invalidateQueries({ queryKey: ['agencies'] })
  }
  return (
    <>
      <ChangesHead title={pick(words.title)} lead={pick(words.lead)} />
      <div class="change-parts">
        <section class="block">
          <h2>{pick(words.import)}</h2>
          <ImportForm busy={preview.share !== undefined} onLook={look} onChoose={preview.forget} />
          {preview.share !== undefined && <UploadState share={preview.share} onStop={preview.stop} />}
          <p class="done" role="status">
            {done && pick(words.done)}
          </p>
          {preview.error !== undefined && <Faults error={preview.error} />}
          {preview.answer && chosen && <ImportPreviewView preview={preview.answer} chosen={chosen} onDone={written} />}
        </section>
        <ExportPart />
        <ColumnHelp />
      </div>
    </>
  )
}

interface ImportFormProps {
  readonly busy: boolean
  readonly onLook: (file: File, mode: string) => void
  readonly onChoose: () => void
}

/** Replacing takes away what the file does not name: for those who keep all of it. */
function ImportForm({ busy, onLook, onChoose }: ImportFormProps) {
  const pick = usePick()
  const { scope } = usePerson()
  const [mode, setMode] = useState('merge')
  const modes = ['merge', 'replace'] as const
  return (
    <FileForm
      hint={pick(words.fileHint)}
      accept=".csv,.json,.txt"
      busy={busy}
      onLook={file => onLook(file, mode)}
      onChoose={onChoose}
    >
      {scope.everything && (
        <fieldset>
          <legend>{pick(words.mode)}</legend>
          {modes.map(each => (
            <label key={each} class="radio">
              <input
                type="radio"
                name="mode"
                value={each}
                checked={mode === each}
                onChange={() => {
                  setMode(each)
                  onChoose()
                }}
              />
              {pick(words[each])}
            </label>
          ))}
        </fieldset>
      )}
    </FileForm>
  )
}
