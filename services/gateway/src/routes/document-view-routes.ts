import {
  checksOfDocument,
  type DocumentHeader,
  deadlinesOfDeliveries,
  deliveriesOfDocument,
  findDocument,
  linksOfDocument,
  listDocumentEvents,
  listDocumentReceivers,
  listDocuments,
  outcomesOfPacket,
  receiptsOfDocument,
  reportsOfDeliveries,
  type Sql,
  threadOfDocument,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { type Caller, callerOf } from '../caller.ts'
import { deadlineBodies } from '../deadlines/deadline-answers.ts'
import { sendingAnswer, sendingBody } from '../deadlines/sending.ts'
import type { Gateway } from '../gateway.ts'
import { sendEnvelope } from '../mailbox/send-envelope.ts'
import { notFound } from '../problems.ts'
import { readableAgencies } from '../readable-agencies.ts'
import { attachmentAnswer, attachmentBodies, attachmentsIn } from './attachment-answers.ts'
import {
  deliveryTrack,
  documentSummary,
  receiptBody,
  receiptSummary,
  summaryBody,
  trackBodies,
} from './document-answers.ts'
import { documentLinks, linksBody, threadBody, threadEntry } from './life-answers.ts'
import {
  agencyCode,
  cursor,
  file,
  finding,
  idParams,
  nullableText,
  packetKind,
  pageLimit,
  problems,
  time,
  verdict,
} from './schemas.ts'

const documentView = Type.Object({
  ...documentSummary.properties,
  role: Type.Union([Type.Literal('sender'), Type.Literal('receiver')]),
  warnings: Type.Array(finding),
  verdict,
  envelope: Type.Record(Type.String(), Type.Unknown(), { description: 'Header as read; attachments without bytes' }),
  attachments: Type.Array(attachmentAnswer),
  sending: sendingAnswer,
  deliveries: Type.Array(deliveryTrack),
  links: documentLinks,
  receipts: Type.Array(receiptSummary),
})

const timelineEntry = Type.Object({
  at: time,
  what: Type.String(),
  deliveryId: nullableText,
  receiver: nullableText,
  systemId: nullableText,
  details: Type.Record(Type.String(), Type.Unknown()),
})

/** What became of documents, for their parties alone. */
export const documentViewRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway

  app.get(
    '/documents',
    {
      schema: {
        operationId: 'listDocuments',
        summary: 'Documents that the calling system’s agencies sent, or that one of them took, newest first',
        description:
          'With `receiver`: what that agency has acknowledged. `sender` and `receiver` may be the code of a closed agency ' +
          'that one of the caller’s has followed.',
        tags: ['documents'],
        querystring: Type.Object({
          sender: Type.Optional(agencyCode),
          receiver: Type.Optional(agencyCode),
          documentId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          kind: Type.Optional(packetKind),
          after: Type.Optional(cursor),
          limit: Type.Optional(pageLimit),
        }),
        response: { 200: Type.Object({ items: Type.Array(documentSummary), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { limit = 100, ...filter } = request.query
      const caller = callerOf(request)
      const { agencies } = namesAgency(filter) ? await readableAgencies(database, caller) : caller
      const rows = await listDocuments(database, agencies, { ...filter, limit: limit + 1 })
      const items = rows.slice(0, limit)
      return { items: items.map(summaryBody), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },
  )

  app.get(
    '/documents/:id',
    {
      schema: {
        operationId: 'getDocument',
        summary: 'Header, verdicts on seal and attachments, deliveries with their history, receipts',
        tags: ['documents'],
        params: idParams,
        response: { 200: documentView, ...problems },
      },
    },
    async request => viewDocument(gateway, callerOf(request), request.params.id),
  )

  app.get(
    '/documents/:id/envelope',
    {
      schema: {
        operationId: 'getDocumentEnvelope',
        summary: 'The bytes as received, for the sender',
        tags: ['documents'],
        params: idParams,
        produces: ['application/xml'],
        response: { 200: file, 206: file, ...problems },
      },
    },
    async (request, reply) => {
      const { agencies } = await readableAgencies(database, callerOf(request))
      const document = await findDocument(database, request.params.id, agencies)
      // A receiver fetches through its delivery, which marks what it got.
      if (document?.role !== 'sender') throw notFound()
      return sendEnvelope(gateway.blobs, request, reply, document)
    },
  )

  app.get(
    '/documents/:id/timeline',
    {
      schema: {
        operationId: 'getTimeline',
        summary: 'What happened, in order',
        tags: ['documents'],
        params: idParams,
        response: { 200: Type.Object({ items: Type.Array(timelineEntry) }), ...problems },
      },
    },
    async request => {
      const { agencies } = await readableAgencies(database, callerOf(request))
      const document = await findDocument(database, request.params.id, agencies)
      if (!document) throw notFound()
      const events = await listDocumentEvents(database, document.id, visibleReceivers(document, agencies))
      return {
        items: events.map(({ id: _id, at, details, ...event }) => ({
          ...event,
          at: at.toISOString(),
          details: { ...details },
        })),
      }
    },
  )

  app.get(
    '/documents/:id/thread',
    {
      schema: {
        operationId: 'getThread',
        summary:
          'What hangs together with it by replies and replacements, oldest first; of that what the caller is a party to',
        tags: ['documents'],
        params: idParams,
        response: { 200: Type.Object({ items: Type.Array(threadEntry) }), ...problems },
      },
    },
    async request => {
      const { agencies } = await readableAgencies(database, callerOf(request))
      const document = await findDocument(database, request.params.id, agencies)
      if (!document) throw notFound()
      return { items: (await threadOfDocument(database, document.id, agencies)).map(threadBody) }
    },
  )
}

async function viewDocument(gateway: Gateway, caller: Caller, id: string): Promise<Static<typeof documentView>> {
  const sql: Sql = gateway.database
  const { agencies, inherited } = await readableAgencies(sql, caller)
  const document = await findDocument(sql, id, agencies)
  if (!document) throw notFound()

  const visible = visibleReceivers(document, agencies)
  const [receivers, deliveries, receipts, checks, links, effects] = await Promise.all([
    listDocumentReceivers(sql, id),
    deliveriesOfDocument(sql, id, visible),
    receiptsOfDocument(sql, id, caller.systemId, inherited),
    checksOfDocument(sql, id),
    linksOfDocument(sql, id, agencies),
    outcomesOfPacket(sql, id, visible),
  ])
  const deliveryIds = deliveries.map(delivery => delivery.id)
  const [reports, deadlines, sending] = await Promise.all([
    reportsOfDeliveries(sql, deliveryIds),
    deadlinesOfDeliveries(sql, deliveryIds).then(found => deadlineBodies(sql, found)),
    sendingBody(sql, document, gateway.settings.workingHours),
  ])
  const theirs = new Set(deliveries.map(({ resolved }) => resolved))
  const shown = visible ? receivers.filter(({ resolved }) => theirs.has(resolved ?? '')) : receivers
  return {
    ...summaryBody(document),
    role: document.role,
    warnings: document.role === 'sender' ? [...document.warnings] : [],
    verdict: document.verdict as Static<typeof verdict>,
    envelope: document.envelope as Record<string, unknown>,
    attachments: attachmentBodies(attachmentsIn(document.envelope), checks),
    sending,
    deliveries: trackBodies(shown, deliveries, reports, deadlines),
    links: linksBody(links, effects),
    receipts: receipts.map(receiptBody),
  }
}

/** Whose deliveries are shown: all of them to the sender, its own to a receiver. */
function visibleReceivers(document: DocumentHeader, agencies: readonly string[]): readonly string[] | undefined {
  return document.role === 'sender' ? undefined : agencies
}

/** A list is of the caller's own agencies, unless it asks for one by name: that may be one which it has followed. */
function namesAgency({ sender, receiver }: { readonly sender?: string; readonly receiver?: string }): boolean {
  return sender !== undefined || receiver !== undefined
}
