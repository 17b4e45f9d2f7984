import { useQuery } from '@tanstack/preact-query'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { api } from '../api.ts'
import { numberText } from '../documents/document-row.ts'
import { urgencyWords } from '../documents/words.ts'
import { usePick } from '../language.tsx'
import type { PageProps } from '../pages.ts'
import { Action } from '../parts/action.tsx'
import { Badge } from '../parts/badge.tsx'
import { inCharge } from '../parts/in-charge.ts'
import { Failure, Skeleton } from '../parts/states.tsx'
import { dayText, Time } from '../parts/time.tsx'
import { partWords } from '../parts/words.ts'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { Attachments } from './attachments.tsx'
import type { DocumentView, Track } from './document-view.ts'
import { hasLinks, RelatedDocuments } from './links.tsx'
import { Receipts } from './receipts.tsx'
import { Timeline } from './timeline.tsx'
import { Tracks } from './tracks.tsx'
import { verdictTone } from './verdict-tone.ts'
import { verdictWords, documentWords as words } from './words.ts'

/** Everything about one document: what it is, how far it has come at each receiver, and what proves it. */
export function DocumentPage({ params }: PageProps) {
  const id = params.id ?? ''
  const { data, error, refetch } = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => api<DocumentView>(`/documents/${id}`, { signal }),
  })
  const pick = usePick()
  return (
    <>
      <p class="small">
        <Link to="/documents">{pick(words.back)}</Link>
      </p>
      {data ? <Whole document={data} /> : error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton />}
    </>
  )
}

function Whole({ document }: { readonly document: DocumentView }) {
  const pick = usePick()
  return (
    <>
      <Head document={document} />
      <Section title={pick(words.tracks)}>
        <Tracks tracks={document.tracks} actionsOf={track => <TrackActions document={document} track={track} />} />
      </Section>
      <Letters document={document} />
      <Section title={pick(words.attachments)}>
        <Attachments document={document} />
      </Section>
      <Section title={pick(words.timeline)}>
        <Timeline document={document} />
      </Section>
      <Section title={pick(words.receipts)}>
        <Receipts document={document} />
      </Section>
      {hasLinks(document.links) && (
        <Section title={pick(words.links)}>
          <RelatedDocuments links={document.links} />
        </Section>
      )}
    </>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="document-part">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** The header as people write it: number, type, day, urgency; then the subject. */
function Head({ document }: { readonly document: DocumentView }) {
  const pick = usePick()
  const { signer, seal, sender } = document
  const number = numberText(document.number, document.notation)
  const line = [
    number ? `${pick(words.number)} ${number}` : pick(words.noNumber),
    document.typeName,
    document.issuedOn && dayText(document.issuedOn),
  ].filter(Boolean)
  const verdict = verdictWords[seal.verdict ?? '']
  const heading = line.join(' · ')
  useEffect(() => {
    window.document.title = `${heading} · docaxis`
  }, [heading])
  return (
    <header class="document-head">
      <h1>
        <bdi>{heading}</bdi>
      </h1>
      <p class="row">
        {document.priority > 0 && <Badge tone="wait">{pick(urgencyWords[document.priority] ?? words.document)}</Badge>}
        {verdict && (
          <Badge tone={verdictTone(seal.verdict)}>
            {pick(words.seal)}: {pick(verdict)}
          </Badge>
        )}
        {seal.verdict !== 'VALID' && seal.code && <code>{seal.code}</code>}
        {document.internal && <Badge tone="plain">{pick(words.internal)}</Badge>}
        {document.paperFollows && <Badge tone="plain">{pick(words.paper)}</Badge>}
      </p>
      <p class="document-subject">
        <bdi>{document.subjectHidden ? pick(words.hidden) : (document.subject ?? pick(words.noSubject))}</bdi>
      </p>
      <dl class="pairs">
        <dt>{pick(words.from)}</dt>
        <dd>
          <bdi>{sender.name ?? sender.code}</bdi> <code>{sender.code}</code>
        </dd>
        {signer?.fullName && (
          <>
            <dt>{pick(words.signer)}</dt>
            <dd>
              <bdi>{[signer.fullName, signer.position].filter(Boolean).join(', ')}</bdi>
            </dd>
          </>
        )}
        {document.dueOn && (
          <>
            <dt>{pick(words.due)}</dt>
            <dd>{dayText(document.dueOn)}</dd>
          </>
        )}
        {document.reason && (
          <>
            <dt>{pick(words.reason)}</dt>
            <dd>
              <bdi>{document.reason}</bdi>
            </dd>
          </>
        )}
        <dt>{pick(words.accepted)}</dt>
        <dd>
          <Time at={document.acceptedAt} />
        </dd>
        <dt>{pick(words.documentId)}</dt>
        <dd>
          <code>{document.documentId}</code>
        </dd>
      </dl>
    </header>
  )
}

const underWay: ReadonlySet<string> = new Set(['available', 'fetched'])

function TrackActions({ document, track }: { readonly document: DocumentView; readonly track: Track }) {
  const { role } = usePerson()
  const { deliveryId, transport } = track
  if (!inCharge.has(role) || deliveryId === null) return null
  const path = `/documents/${document.id}/deliveries/${deliveryId}`
  const about = track.name ?? track.receiver
  const isUnderWay = underWay.has(transport)
  if (!isUnderWay && transport !== 'held') return null
  return (
    <span class="row">
      {isUnderWay && <Action label={words.resend} what={words.resendWhat} about={about} path={`${path}/resend`} />}
      <Action label={words.cancel} what={words.cancelWhat} about={about} path={`${path}/cancel`} danger />
    </span>
  )
}

function Letters({ document }: { readonly document: DocumentView }) {
  const pick = usePick()
  const { role } = usePerson()
  if (document.letters.length === 0 || !inCharge.has(role)) return null
  return (
    <Section title={pick(words.letters)}>
      <ul class="files">
        {document.letters.map(letter => (
          <li key={letter.id}>
            <span class="file">
              <bdi>{letter.reason}</bdi>
              <span class="small">
                <Time at={letter.at} /> · {letter.group} · <code>{letter.code}</code>
              </span>
            </span>
            <Action
              label={partWords.replay}
              what={partWords.replayWhat}
              about={letter.group}
              path={`/documents/${document.id}/letters/${letter.id}/replay`}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
