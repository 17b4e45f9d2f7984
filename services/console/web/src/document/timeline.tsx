import { businessWords } from '../documents/words.ts'
import { usePick } from '../language.tsx'
import { Time } from '../parts/time.tsx'
import type { DocumentView, TimelineEntry } from './document-view.ts'
import { eventWords, documentWords as words } from './words.ts'

/** One line for each thing that happened, newest last, each with what proves it. */
export function Timeline({ document }: { readonly document: DocumentView }) {
  return (
    <ol class="timeline">
      {document.timeline.map(entry => (
        <li key={entry.id}>
          <span class="timeline-at">
            <Time at={entry.at} />
          </span>
          <Line entry={entry} document={document} />
        </li>
      ))}
    </ol>
  )
}

function Line({ entry, document }: { readonly entry: TimelineEntry; readonly document: DocumentView }) {
  const pick = usePick()
  const { what, receiver, details } = entry
  const status = what === 'status-reported' ? businessWords[details.code ?? ''] : undefined
  return (
    <span class="timeline-what">
      {pick(eventWords[what] ?? words.document)}
      {status && <>: {pick(status)}</>}
      {receiver && (
        <>
          {' · '}
          <bdi>{document.names[receiver] ?? receiver}</bdi>
        </>
      )}
      {details.reason && (
        <>
          {' · '}
          <bdi>{details.reason}</bdi>
        </>
      )}
      <Evidence entry={entry} document={document} />
    </span>
  )
}

/** The receipt that attests it; else the entry of the log itself, by its number. */
function Evidence({ entry, document }: { readonly entry: TimelineEntry; readonly document: DocumentView }) {
  const pick = usePick()
  const receipt = document.receipts.find(candidate => candidate.issuedAt !== null && attests(candidate, entry))
  return (
    <span class="small evidence">
      {receipt ? (
        <a href={`#receipt-${receipt.id}`}>
          {pick(words.evidence)}
          <span class="only-read">
            : {pick(eventWords[entry.what] ?? words.document)} {receipt.id}
          </span>
        </a>
      ) : (
        <code>#{entry.id}</code>
      )}
    </span>
  )
}

const attested: Readonly<Record<string, string>> = {
  accepted: 'acceptance',
  acknowledged: 'delivery',
  failed: 'non-delivery',
  'deadline-reached': 'missed-deadline',
}

function attests({ kind, deliveryId }: DocumentView['receipts'][number], entry: TimelineEntry): boolean {
  return kind === attested[entry.what] && deliveryId === entry.deliveryId
}
