import { HubError, type ProblemCode } from '@docaxis/errors'
import { findDelivery, type HandoverOutcome, type HandoverResult, markFetched } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { type Caller, callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { type HandoverReport, recordHandovers } from '../mailbox/acknowledge.ts'
import { sendEnvelope } from '../mailbox/send-envelope.ts'
import { notFound } from '../problems.ts'
import { readableAgencies } from '../readable-agencies.ts'
import { file, idParams, problems } from './schemas.ts'

const handover = {
  result: Type.Union([Type.Literal('stored'), Type.Literal('failed')]),
  reason: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'Why it failed; the sender reads it' }),
  ),
}
const handoverBody = Type.Object(handover, { additionalProperties: false })
const handoverItem = Type.Object(
  { id: Type.String({ minLength: 1, maxLength: 64 }), ...handover },
  { additionalProperties: false },
)

const ackAnswer = Type.Object({ id: Type.String(), transport: Type.String() })
const ackItemAnswer = Type.Object({
  id: Type.String(),
  ok: Type.Boolean(),
  transport: Type.Optional(Type.String()),
  code: Type.Optional(Type.String({ description: 'Problem code of this delivery alone' })),
})

/** Fetching deliveries and saying what became of them, for their receivers alone. */
export const deliveryRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database, settings } = gateway

  app.get(
    '/deliveries/:id/envelope',
    {
      schema: {
        operationId: 'fetchDelivery',
        summary: 'The bytes as the sender sent them; marks the delivery fetched',
        description: 'One range of bytes may be asked for. HEAD does not mark.',
        tags: ['deliveries'],
        params: idParams,
        produces: ['application/xml'],
        response: { 200: file, 206: file, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { agencies } = await readableAgencies(database, caller)
      const delivery = await findDelivery(database, request.params.id, agencies)
      if (!delivery) throw notFound()
      if (!handsOver.has(delivery.state)) throw closed(delivery.id, delivery.state)
      const { sha256, sizeBytes } = delivery.document
      const envelope = { id: delivery.id, sha256, sizeBytes }
      Object.assign(request.logged, { deliveryId: delivery.id, documentId: delivery.documentId })
      // What a closed agency had taken is read by its heir; nobody fetches it anew.
      const isOwn = caller.agencies.includes(delivery.receiver)
      if (!isOwn && delivery.state !== 'acknowledged') throw notFound()
      return sendEnvelope(gateway.blobs, request, reply, envelope, async part => {
        if (!isOwn) return
        await fetched(gateway, caller, delivery.id)
        await gateway.accept.watch.downloading(reply.raw, caller.systemId, [delivery.id], part)
      })
    },
  )

  app.post(
    '/deliveries/:id/ack',
    {
      schema: {
        operationId: 'acknowledgeDelivery',
        summary: 'The receiver has stored the document, or could not',
        tags: ['deliveries'],
        params: idParams,
        body: handoverBody,
        response: { 200: ackAnswer, ...problems },
      },
    },
    async request => {
      const report = { id: request.params.id, ...request.body }
      await toldToWatch(gateway, callerOf(request), [report])
      const [outcome] = await database.transaction(tx => recordHandovers(tx, callerOf(request), settings, [report]))
      if (!outcome) throw notFound()
      Object.assign(request.logged, { deliveryId: outcome.id, documentId: outcome.documentId })
      const code = faultOf(outcome)
      if (code === 'NOT_FOUND') throw notFound()
      if (code) throw closed(outcome.id, outcome.state ?? 'closed')
      gateway.accept.bus.nudge()
      return { id: outcome.id, transport: transportOf(outcome, report.result) }
    },
  )

  app.post(
    '/deliveries/ack',
    {
      schema: {
        operationId: 'acknowledgeDeliveries',
        summary: 'Up to 500 reports at once; each is answered on its own',
        tags: ['deliveries'],
        body: Type.Object(
          { items: Type.Array(handoverItem, { minItems: 1, maxItems: 500 }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(ackItemAnswer) }), ...problems },
      },
    },
    async request => {
      const { items } = request.body
      await toldToWatch(gateway, callerOf(request), items)
      const outcomes = await database.transaction(tx => recordHandovers(tx, callerOf(request), settings, items))
      gateway.accept.bus.nudge()
      request.logged.deliveries = outcomes.length
      return { items: outcomes.map((outcome, index) => ackItem(outcome, items[index]?.result ?? 'stored')) }
    },
  )
}

function toldToWatch({ accept }: Gateway, { systemId }: Caller, reports: readonly HandoverReport[]): Promise<void> {
  const stored = reports.filter(({ result }) => result === 'stored')
  return accept.watch.acknowledging(
    systemId,
    stored.map(({ id }) => id),
  )
}

/** An acknowledged delivery may be read again; one that was withdrawn, expired or given up may not. */
const handsOver: ReadonlySet<string> = new Set(['available', 'fetched', 'acknowledged'])

/** Committed before the first byte leaves. */
async function fetched(gateway: Gateway, caller: Caller, deliveryId: string): Promise<void> {
  const { agencies, systemId } = caller
  const fetch = await gateway.database.transaction(tx =>
    markFetched(tx, { deliveryId, agencies, systemId, leaseMs: gateway.settings.leaseMs }),
  )
  if (fetch.result === 'not-found') throw notFound()
  if (fetch.result === 'conflict') throw closed(deliveryId, fetch.state)
}

function closed(deliveryId: string, state: string): HubError {
  const why = state === 'withdrawn' ? 'was withdrawn by its sender before it was fetched' : `is ${state}`
  return new HubError('STATE_CONFLICT', `delivery ${deliveryId} ${why}`, { details: { state } })
}

const faults: Partial<Record<HandoverResult, ProblemCode>> = { 'not-found': 'NOT_FOUND', conflict: 'STATE_CONFLICT' }

function faultOf(outcome: HandoverOutcome): ProblemCode | undefined {
  return faults[outcome.result]
}

function transportOf({ result }: HandoverOutcome, reported: 'stored' | 'failed'): string {
  if (result === 'already') return reported === 'stored' ? 'acknowledged' : 'failed'
  return result === 'failed-will-retry' ? 'available' : result
}

function ackItem(outcome: HandoverOutcome, reported: 'stored' | 'failed'): Static<typeof ackItemAnswer> {
  const code = faultOf(outcome)
  return code
    ? { id: outcome.id, ok: false, code }
    : { id: outcome.id, ok: true, transport: transportOf(outcome, reported) }
}
