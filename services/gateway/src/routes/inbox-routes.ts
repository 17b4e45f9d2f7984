import { listMailbox, type MailboxItem } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import {
  agencyCode,
  cursor,
  hubId,
  level,
  nullableText,
  packetKind,
  pageLimit,
  problems,
  sha256,
  time,
  verdict,
} from './schemas.ts'

const inboxItem = Type.Object({
  deliveryId: hubId,
  id: hubId,
  documentId: Type.String(),
  kind: packetKind,
  action: Type.String(),
  sender: Type.String(),
  receiver: Type.String(),
  receiverWritten: Type.String(),
  level,
  subject: nullableText,
  code: Type.Union([Type.Object({ number: nullableText, notation: nullableText }), Type.Null()]),
  typeName: nullableText,
  issuedOn: nullableText,
  priority: Type.Integer(),
  sha256,
  sizeBytes: Type.Integer(),
  acceptedAt: time,
  availableAt: time,
  redelivered: Type.Boolean(),
  attempts: Type.Integer(),
  verdict,
})

function itemBody(item: MailboxItem): Static<typeof inboxItem> {
  const { codeNumber, codeNotation, acceptedAt, availableAt, verdict: seal, ...same } = item
  return {
    ...same,
    code: codeNumber === null && codeNotation === null ? null : { number: codeNumber, notation: codeNotation },
    acceptedAt: acceptedAt.toISOString(),
    availableAt: availableAt.toISOString(),
    verdict: seal as Static<typeof verdict>,
  }
}

/** What waits for the calling system's agencies. Reading it writes nothing. */
export const inboxRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.get(
    '/inbox',
    {
      schema: {
        operationId: 'listInbox',
        summary: 'Deliveries that wait, by urgency, then acceptance time',
        description: 'Poll from the start; `after` pages one listing and is no watermark.',
        tags: ['deliveries'],
        querystring: Type.Object({
          agency: Type.Optional(agencyCode),
          kind: Type.Optional(packetKind),
          after: Type.Optional(cursor),
          limit: Type.Optional(pageLimit),
        }),
        response: { 200: Type.Object({ items: Type.Array(inboxItem), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { agency, limit = 100, ...query } = request.query
      const { agencies } = callerOf(request)
      // An unknown agency and somebody else's are told apart by nobody.
      if (agency !== undefined && !agencies.includes(agency)) throw notFound()
      const page = await listMailbox(gateway.database, {
        ...query,
        agencies: agency === undefined ? agencies : [agency],
        limit,
      })
      return { items: page.items.map(itemBody), next: page.next ?? null }
    },
  )
}
