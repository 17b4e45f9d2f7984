import { HubError } from '@docaxis/errors'
import {
  cancelDeliveries,
  deliveriesOfDocument,
  offerAgain,
  recordAudit,
  replayDeadLetter,
  type Tx,
} from '@docaxis/store'
import { openLettersOf } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'
import { getPlaced, notFound } from './view-document.ts'

const hubId = Type.String({ pattern: '^[0-9a-f]{24}$' })
/** Why somebody does it. */
export const reasonBody = Type.Object({ reason: Type.String({ minLength: 5, maxLength: 500 }) })

/** As history and receipts name whoever acts in the console; the audit log names the person. */
const systemId = 'console'

/** What people in charge do about a document that does not get on. Each needs a reason, which the audit log keeps. */
export const documentActionRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: ['operator', 'administrator'] as const }

  const delivery = { config, schema: { params: Type.Object({ id: hubId, delivery: hubId }), body: reasonBody } }

  app.post('/documents/:id/deliveries/:delivery/resend', delivery, async (request, reply) => {
    const { id, delivery: wanted } = request.params
    await act(request, id, 'delivery.offer-again', wanted, async tx => {
      await requireDelivery(tx, id, wanted)
      if ((await offerAgain(tx, [wanted], systemId)).length === 0) throw overAlready(wanted)
    })
    return reply.code(204).send()
  })

  app.post('/documents/:id/deliveries/:delivery/cancel', delivery, async (request, reply) => {
    const { id, delivery: wanted } = request.params
    const { reason } = request.body
    await act(request, id, 'delivery.cancel', wanted, async tx => {
      await requireDelivery(tx, id, wanted)
      const ended = await cancelDeliveries(tx, { ids: [wanted], systemId, reason })
      if (ended.length === 0) throw overAlready(wanted)
    })
    return reply.code(204).send()
  })

  const letter = { config, schema: { params: Type.Object({ id: hubId, letter: hubId }), body: reasonBody } }
  app.post('/documents/:id/letters/:letter/replay', letter, async (request, reply) => {
    const { id, letter: wanted } = request.params
    await act(request, id, 'dead-letter.replay', wanted, async tx => {
      const known = await openLettersOf(tx, id)
      if (!known.some(open => open.id === wanted) || !(await replayDeadLetter(tx, wanted))) throw notFound()
    })
    return reply.code(204).send()
  })

  /** Does it and writes who did it and why, in one transaction: neither happens without the other. */
  async function act(
    request: FastifyRequest<{ Body: { readonly reason: string } }>,
    document: string,
    action: string,
    object: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const { person, body: asked } = request
    await getPlaced(database, person, document)
    await database.transaction(async tx => {
      await work(tx)
      const details = { documentId: document, reason: asked.reason }
      await recordAudit(tx, { actor: actorOf(person), action, object, outcome: 'done', details })
    })
    console.bus.nudge()
  }
}

async function requireDelivery(tx: Tx, document: string, delivery: string): Promise<void> {
  const deliveries = await deliveriesOfDocument(tx, document)
  if (!deliveries.some(({ id }) => id === delivery)) throw notFound()
}

function overAlready(delivery: string): HubError {
  return new HubError('STATE_CONFLICT', `delivery ${delivery} is not under way any more`)
}
