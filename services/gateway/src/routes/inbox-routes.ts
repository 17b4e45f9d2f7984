import { listMailbox, listOpenChanges, listWithdrawn, type MailboxItem } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { type Caller, callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { openChange, openChangeBody, withdrawnBody, withdrawnItem } from './life-answers.ts'
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
        querystring: Type.Object({ ...listQuery, kind: Type.Optional(packetKind) }),
        response: { 200: Type.Object({ items: Type.Array(inboxItem), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { agency, limit = 100, ...query } = request.query
      const agencies = agenciesOf(callerOf(request), agency)
      const page = await listMailbox(gateway.database, { ...query, agencies, limit })
      return { items: page.items.map(itemBody), next: page.next ?? null }
    },
  )

  app.get(
    '/inbox/withdrawn',
    {
      schema: {
        operationId: 'listWithdrawn',
        summary:
          'What was in the mailbox and was withdrawn by its sender before it was fetched, newest first; no content',
        tags: ['deliveries'],
        querystring: Type.Object(listQuery),
        response: { 200: Type.Object({ items: Type.Array(withdrawnItem), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { agency, after, limit = 100 } = request.query
      const agencies = agenciesOf(callerOf(request), agency)
      const rows = await listWithdrawn(gateway.database, { agencies, limit: limit + 1, ...(after && { after }) })
      return pageOf(rows.map(withdrawnBody), limit)
    },
  )

  app.get(
    '/changes',
    {
      schema: {
        operationId: 'listChanges',
        summary: 'Take-backs, updates and revocations that wait for 15 or 16, oldest first',
        tags: ['deliveries'],
        querystring: Type.Object({
          ...listQuery,
          role: Type.Optional(
            Type.Union([Type.Literal('receiver'), Type.Literal('sender')], {
              default: 'receiver',
              description: 'receiver: what you must answer; sender: what you wait for',
            }),
          ),
        }),
        response: { 200: Type.Object({ items: Type.Array(openChange), next: nullableText }), ...problems },
      },
    },
    async request => {
      const { agency, after, limit = 100, role = 'receiver' } = request.query
      const agencies = agenciesOf(callerOf(request), agency)
      const query = { agencies, role, limit: limit + 1, ...(after && { after }) }
      return pageOf((await listOpenChanges(gateway.database, query)).map(openChangeBody), limit)
    },
  )
}

const listQuery = {
  agency: Type.Optional(agencyCode),
  after: Type.Optional(cursor),
  limit: Type.Optional(pageLimit),
}

/** All that the caller acts for, or one of them. An unknown agency and somebody else's are told apart by nobody. */
function agenciesOf({ agencies }: Caller, agency: string | undefined): readonly string[] {
  if (agency === undefined) return agencies
  if (!agencies.includes(agency)) throw notFound()
  return [agency]
}

/** @param found one row more than the page holds, where there is one */
function pageOf<T extends { readonly deliveryId: string }>(found: readonly T[], limit: number) {
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.deliveryId ?? null) : null }
}
