import { pick } from '../random.ts'
import { type At, anyDelivery, compare, type HistoryContext, jsonOf, type Operation, officeOf } from './context.ts'
import { resolve } from './directory-rules.ts'
import type { HubAnswer } from './office.ts'
import type { Handover } from './rules.ts'
import { answererOf, openAgencies } from './world.ts'

/** What a receiver asks for is there, or was withdrawn; where it never was in the mailbox it does not exist. */
function refusals({ delivery }: At): readonly number[] {
  return delivery.listed ? [409] : [404, 409]
}

function compareHandover(context: HistoryContext, at: At, what: string, expected: Handover, answer: HubAnswer): void {
  const { packet, delivery } = at
  const where = `${what} ${packet.name} at ${delivery.receiver}`
  if (expected === 'done') {
    compare(context, where, 200, answer.status)
    return
  }
  compare(context, where, true, refusals(at).includes(answer.status))
  if (answer.status === 409) compare(context, where, expected, stateIn(answer))
}

export function stateIn(answer: HubAnswer): string | undefined {
  return jsonOf<{ details?: { state?: string } }>(answer).details?.state
}

export const fetchDelivery: Operation = {
  name: 'fetch',
  weight: 5,
  async run(context) {
    const at = anyDelivery(context)
    if (!at) return false
    const { packet, delivery } = at
    context.trail.push(`${delivery.receiver} fetches ${packet.name}`)
    const answer = await officeOf(context, delivery.receiver).get(`/deliveries/${delivery.id}/envelope`)
    const expected = context.rules.fetch(delivery)
    compareHandover(context, at, 'fetch of', expected, answer)
    if (expected === 'done') {
      compare(context, `bytes of ${packet.name}`, packet.bytes.toString('base64'), answer.bytes.toString('base64'))
    }
    return true
  },
}

export const acknowledge = handingOver('ack', 2, { result: 'stored' })
export const giveBack = handingOver('fail', 1, { result: 'failed', reason: 'hết chỗ' })

/** The receiver's e-office says that it has stored a packet, or that it could not. */
function handingOver(name: 'ack' | 'fail', weight: number, body: object): Operation {
  return {
    name,
    weight,
    async run(context) {
      const at = anyDelivery(context, ({ delivery }) => delivery.listed || delivery.state !== 'failed')
      if (!at) return false
      const { packet, delivery } = at
      context.trail.push(`${delivery.receiver} says ${name} on ${packet.name}`)
      const answer = await officeOf(context, delivery.receiver).post(`/deliveries/${delivery.id}/ack`, body)
      const { rules } = context
      compareHandover(
        context,
        at,
        `${name} of`,
        name === 'ack' ? rules.acknowledge(delivery) : rules.fail(delivery),
        answer,
      )
      return true
    },
  }
}

const codes = ['01', '02', '03', '03', '04', '05', '06', '15', '15', '16'] as const

/** Any report at any time, fitting or not; the refusal 02 is one of them. Sometimes the same call comes twice. */
export const report: Operation = {
  name: 'report',
  weight: 6,
  async run(context) {
    const at = anyDelivery(context, ({ delivery }) => delivery.listed)
    if (!at) return false
    const { packet, delivery } = at
    const code = pick(context.random, codes)
    const reporter = answererOf(delivery)
    context.trail.push(`${reporter} reports ${code} on ${packet.name}`)
    const key = context.newName()
    const path = `/deliveries/${delivery.id}/status`
    const say = () => officeOf(context, reporter).post(path, { code, reason: key }, key)
    const answer = await say()
    const where = `report ${code} on ${packet.name} by ${reporter}`
    if (delivery.state === 'withdrawn') {
      compare(context, where, true, refusals(at).includes(answer.status))
      return true
    }
    // Nobody reports in the name of a closed agency, nor to one that nobody follows.
    const receiver = resolve(context.world, packet.sender)
    if (receiver === null || !openAgencies(context.world).includes(reporter)) {
      compare(context, where, true, [403, 422].includes(answer.status))
      return true
    }
    context.rules.report(context.world, packet, delivery, code)
    compare(context, where, 202, answer.status)
    if (answer.status !== 202) return true
    context.world.statuses.push({ id: jsonOf<{ id: string }>(answer).id, sender: reporter, receiver })
    if (context.random() < 0.2) {
      const again = await say()
      compare(context, `${where}, again`, [200, answer.text], [again.status, again.text])
    }
    return true
  },
}
