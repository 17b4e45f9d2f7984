import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { numberText } from '../documents/document-row.ts'
import { usePick } from '../language.tsx'
import { Action } from '../parts/action.tsx'
import { Badge } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import { usePerson } from '../session.ts'
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
      {!mayReadContent && <Closed document={document} />}
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

/** Roles that may ask for content that is not for them (the server decides; here it only shows the button). */
const askers: ReadonlySet<string> = new Set(['operator', 'auditor', 'administrator'])

function Closed({ document }: { readonly document: DocumentView }) {
  const pick = usePick()
  const { role } = usePerson()
  return (
    <div class="row">
      <p class="small">{pick(words.contentClosed)}</p>
      {askers.has(role) && (
        <Action
          label={words.askContent}
          what={words.askContentWhat}
          about={numberText(document.number, document.notation) || document.documentId}
          path={`/documents/${document.id}/break-glass`}
          leastReason={10}
          done={words.askContentDone}
        />
      )}
    </div>
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
