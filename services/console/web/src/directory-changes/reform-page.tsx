import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { usePick } from '../language.tsx'
import { Link, useAddress } from '../router.tsx'
import { ChangesHead } from './changes-head.tsx'
import { Faults } from './faults.tsx'
import { FileForm } from './file-form.tsx'
import { ReformDetailView } from './reform-detail.tsx'
import { ReformForm } from './reform-form.tsx'
import { ReformList } from './reform-list.tsx'
import { ReformPreviewView } from './reform-preview.tsx'
import type { Reform, ReformPreview } from './reform-view.ts'
import { reformWords as words } from './reform-words.ts'
import { UploadState } from './upload-state.tsx'
import { useUpload } from './use-upload.ts'
import './directory-changes.css'

const here = '/agencies/reform'
const ways = [
  { way: '', text: words.list },
  { way: 'file', text: words.fromFile },
  { way: 'form', text: words.fromForm },
] as const

/** Reforms that were done and are to come, and a new one: as a file, or built up line by line. */
export function ReformPage() {
  const pick = usePick()
  const { query } = useAddress()
  const [way, id] = [query.get('new') ?? '', query.get('id')]
  return (
    <>
      <ChangesHead title={pick(words.title)} lead={pick(words.lead)} />
      <nav class="chips" aria-label={pick(words.ways)}>
        {ways.map(each => (
          <Link
            key={each.way}
            to={each.way === '' ? here : `${here}?new=${each.way}`}
            class="chip"
            current={each.way === way && id === null}
          >
            {pick(each.text)}
          </Link>
        ))}
      </nav>
      {id !== null ? (
        <ReformDetailView id={id} />
      ) : way === 'file' || way === 'form' ? (
        <NewReform key={way} inForm={way === 'form'} />
      ) : (
        <ReformList />
      )}
    </>
  )
}

function NewReform({ inForm }: { readonly inForm: boolean }) {
  const pick = usePick()
  const queries = useQueryClient()
  const [file, setFile] = useState<Blob>()
  const [done, setDone] = useState<Reform>()
  const { share, error, answer, send, stop, forget } = useUpload<ReformPreview>()
  const look = (chosen: Blob) => {
    setFile(chosen)
    setDone(undefined)
    void send('/reforms/preview', chosen)
  }
  const apply = async (reform: Reform) => {
    setDone(reform)
    forget()
    await queries.invalidateQueries({ queryKey: ['reforms'] })
  }
  const busy = share !== undefined
  return (
    <section class="block">
      <h2>{pick(inForm ? words.fromForm : words.fromFile)}</h2>
      {inForm ? (
        <ReformForm busy={busy} onLook={look} onChange={forget} />
      ) : (
        <FileForm hint={pick(words.fileHint)} accept=".json" busy={busy} onLook={look} onChoose={forget}>
          <a href={apiUrl('/agency-templates/reform.json')} download>
            {pick(words.template)}
          </a>
        </FileForm>
      )}
      {share !== undefined && <UploadState share={share} onStop={stop} />}
      <Told reform={done} />
      {error !== undefined && <Faults error={error} inForm={inForm} />}
      {answer && file && <ReformPreviewView preview={answer} file={file} onDone={apply} />}
    </section>
  )
}

function Told({ reform }: { readonly reform: Reform | undefined }) {
  const pick = usePick()
  return (
    <p class="done" role="status">
      {reform && (
        <>
          {pick(reform.state === 'applied' ? words.appliedTold : words.scheduledTold)}{' '}
          <Link to={`${here}?id=${reform.id}`}>{pick(words.show)}</Link>
        </>
      )}
    </p>
  )
}
