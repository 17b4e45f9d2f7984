import type { DocumentEnvelope } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import {
  checksOfDocument,
  type DocumentHeader,
  deadlinesOfDeliveries,
  deliveriesOfDocument,
  findDocument,
  linksOfDocument,
  listDocumentEvents,
  listDocumentReceivers,
  type ReceiverRow,
  reportsOfDeliveries,
  type Sql,
} from '@docaxis/store'
import {
  agencyNames,
  contentRight,
  findPlacedDocument,
  isInternal,
  openLettersOf,
  type PlacedDocument,
  placedReceipts,
} from '@docaxis/store/console'
import type { Person } from '../access/person.ts'
import { attachmentViews } from './attachment-views.ts'
import { type Track, trackOf } from './track.ts'

export function notFound(): HubError {
  return new HubError('NOT_FOUND', 'there is no such document within the scope of the person')
}

/** @throws HubError `NOT_FOUND`, for an unknown id and one outside the scope alike */
export async function getPlaced(sql: Sql, person: Person, id: string): Promise<PlacedDocument> {
  const placed = await findPlacedDocument(sql, id, person.scope)
  if (!placed) throw notFound()
  return placed
}

/**
 * A document whose content the person may read: it was sent or received where they work, or two people opened it for
 * them.
 *
 * @throws HubError `NOT_FOUND` alike for what they may not read and for what there is not
 */
export async function getReadable(sql: Sql, person: Person, id: string): Promise<DocumentHeader> {
  const right = await contentRight(sql, id, person)
  const document =
    right === 'party'
      ? await findDocument(sql, id, person.agencies)
      : right && (await findPlacedDocument(sql, id, person.scope))?.header
  if (!document) throw notFound()
  return document
}

/** Everything that the page of one document shows a person. */
export async function viewDocument(sql: Sql, person: Person, id: string) {
  const placed = await getPlaced(sql, person, id)
  const { header, receivers: visible } = placed
  const envelope = header.envelope as Partial<DocumentEnvelope>
  const subjectHidden = isInternal(envelope.scope) && person.scope.everything
  const [tracks, events, receipts, checks, letters, right] = await Promise.all([
    tracksOf(sql, placed),
    listDocumentEvents(sql, id, visible),
    placedReceipts(sql, id, visible),
    checksOfDocument(sql, id),
    openLettersOf(sql, id),
    contentRight(sql, id, person),
  ])
  const parties = [header.sender, ...tracks.map(track => track.receiver)]
  const [links, names] = await Promise.all([
    linksOfDocument(sql, id, header.role === 'sender' ? parties : (visible ?? [])),
    agencyNames(sql, parties),
  ])
  return {
    id,
    documentId: header.documentId,
    action: header.action,
    number: header.codeNumber,
    notation: header.codeNotation,
    typeName: header.typeName,
    issuedOn: header.issuedOn,
    dueOn: header.dueOn,
    priority: header.priority,
    subject: subjectHidden ? null : header.subject,
    subjectHidden,
    internal: isInternal(envelope.scope),
    paperFollows: envelope.paperFollows ?? false,
    sender: { code: header.sender, name: header.senderName },
    signer: envelope.signer ?? null,
    reason: envelope.reason ?? null,
    acceptedAt: header.acceptedAt.toISOString(),
    sizeBytes: header.sizeBytes,
    sha256: header.sha256,
    seal: sealOf(header.verdict),
    attachments: attachmentViews(envelope.attachments ?? [], checks, subjectHidden),
    mayReadContent: right !== undefined,
    tracks,
    timeline: events.map(({ details, at, ...event }) => ({
      ...event,
      at: at.toISOString(),
      details: plainDetails(details),
    })),
    receipts: receipts.map(({ issuedAt, ...receipt }) => ({ ...receipt, issuedAt: issuedAt?.toISOString() ?? null })),
    links,
    letters: letters.map(({ at, ...letter }) => ({ ...letter, at: at.toISOString() })),
    names: Object.fromEntries(names),
  }
}

async function tracksOf(sql: Sql, { header, receivers: visible }: PlacedDocument): Promise<Track[]> {
  const { id, acceptedAt, dueOn } = header
  const [asked, deliveries] = await Promise.all([
    listDocumentReceivers(sql, id),
    deliveriesOfDocument(sql, id, visible),
  ])
  const ids = deliveries.map(delivery => delivery.id)
  const codes = deliveries.map(delivery => delivery.receiver)
  const [reports, deadlines, names] = await Promise.all([
    reportsOfDeliveries(sql, ids),
    deadlinesOfDeliveries(sql, ids),
    agencyNames(sql, [...codes, ...asked.flatMap(({ resolved }) => resolved ?? [])]),
  ])
  const reportsOn = Map.groupBy(reports, ({ deliveryId }) => deliveryId)
  const deadlinesOf = Map.groupBy(deadlines, ({ deliveryId }) => deliveryId)
  const deliveryTo = new Map(deliveries.map(delivery => [delivery.resolved, delivery]))
  const shown = visible ? asked.filter(({ resolved }) => deliveryTo.has(resolved ?? '')) : asked
  return shown.map((receiver: ReceiverRow) => {
    const delivery = receiver.fault === undefined ? deliveryTo.get(receiver.resolved ?? '') : undefined
    return trackOf({
      receiver,
      delivery,
      reports: reportsOn.get(delivery?.id ?? '') ?? [],
      deadlines: deadlinesOf.get(delivery?.id ?? '') ?? [],
      acceptedAt,
      dueOn,
      name: names.get(delivery?.receiver ?? receiver.resolved ?? '') ?? receiver.name ?? null,
    })
  })
}

/** What a verdict says in a line; its checks are read where it was judged. */
function sealOf(verdict: unknown) {
  const {
    verdict: word,
    code,
    detail,
    signer,
  } = verdict as {
    readonly verdict?: string
    readonly code?: string
    readonly detail?: string
    readonly signer?: { readonly name?: string; readonly organization?: string }
  }
  return { verdict: word ?? null, code: code ?? null, detail: detail ?? null, signer: signer ?? null }
}

/** Texts and numbers; what is nested is for programs. */
function plainDetails(details: Readonly<Record<string, unknown>>): Record<string, string> {
  const plain = Object.entries(details).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]))
}
