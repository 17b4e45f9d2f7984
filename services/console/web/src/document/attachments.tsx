import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import type { AttachmentView, DocumentView } from './document-view.ts'
import { verdictTone } from './verdict-tone.ts'
import { verdictWords, documentWords as words } from './words.ts'

/** The files of a document. Content opens for people of its agencies; a PDF inside a frame that can do nothing. */
export function Attachments({ document }: { readonly document: DocumentView }) {
  const pick = usePick()
  const [shown, setShown] = useState<number>()
  const { id, attachments, mayReadContent } = document
  const pathOf = (position: number) => apiUrl(`/documents/${id}/attachments/${position}`)
  if (attachments.length === 0) return <p class="small">{pick(words.noAttachments)}</p>
  return (
    <>
      {!mayReadContent && <p class="small">{pick(words.contentClosed)}</p>}
      <ul class="files">
        {attachments.map(file => (
          <li key={file.position}>
            <FileLine file={file} />
            {mayReadContent && (
              <span class="row">
                {file.contentType === 'application/pdf' && (
                  <button
                    type="button"
                    class="button"
                    aria-expanded={shown === file.position}
                    onClick={() => setShown(shown === file.position ? undefined : file.position)}
                  >
                    {pick(shown === file.position ? words.close : words.view)}
                  </button>
                )}
                <a class="button" href={pathOf(file.position)} download>
                  {pick(words.download)}
                </a>
              </span>
            )}
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <iframe
          class="preview"
          title={attachments[shown]?.name ?? pick(words.file)}
          src={`${pathOf(shown)}?view=frame`}
        />
      )}
    </>
  )
}

function FileLine({ file }: { readonly file: AttachmentView }) {
  const pick = usePick()
  const number = useNumber()
  const kilobytes = `${number(Math.ceil(file.sizeBytes / 1024))} KB`
  const verdict = verdictWords[file.verdict ?? '']
  return (
    <span class="file">
      <bdi class="file-name">{file.name ?? `${pick(words.file)} ${file.position + 1}`}</bdi>
      <span class="small">
        {kilobytes}
        {verdict && file.signatures === 0 && ` · ${pick(words.noSignatures)}`}
      </span>
      {verdict && file.signatures > 0 && (
        <Badge tone={verdictTone(file.verdict)}>
          {number(file.signatures)} {pick(words.signaturesIn)}: {pick(verdict)}
        </Badge>
      )}
      {file.malware === 'infected' && <Badge tone="bad">{pick(words.malware)}</Badge>}
    </span>
  )
}
