import { pick } from '../random.ts'
import { type At, anyDelivery, compare, type HistoryContext, jsonOf, type Operation, officeOf } from './context.ts'
import type { HubAnswer } from './office.ts'

/** What a receiver asks for is there, or was withdrawn; where it never was in the mailbox it does not exist. */
function refusals({ delivery }: At): readonly number[] {
  return delivery.listed ? [409] : [404, 409]
}

function compareHandover(context: HistoryContext, at: At, what: string, expected: string, answer: HubAnswer): void {
  const { packet, delivery } = at
  const where = `${what} ${packet.name} at ${delivery.receiver}`
  if (expected !== 'withdrawn') {
    compare(context, where, 200, answer.status)
    return
  }
  compare(context, where, true, refusals(at).includes(answer.status))
  if (answer.status === 409) compare(context, where, 'withdrawn', stateIn(answer))
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
    if (expected === 'handed over') {
      compare(context, `bytes of ${packet.name}`, packet.bytes.toString('base64'), answer.bytes.toString('base64'))
    }
    return true
  },
}

export const acknowledge: Operation = {
  name: 'ack',
  weight: 2,
  async run(context) {
    const at = anyDelivery(context)
    if (!at) return false
    const { packet, delivery } = at
    context.trail.push(`${delivery.receiver} acknowledges ${packet.name}`)
    const path = `/deliveries/${delivery.id}/ack`
    const answer = await officeOf(context, delivery.receiver).post(path, { result: 'stored' })
    compareHandover(context, at, 'ack of', context.rules.acknowledge(delivery), answer)
    return true
  },
}

const codes = ['01', '02', '03', '03', '04', '05', '06', '15', '15', '16'] as const

/** Any report at any time, fitting or not; the refusal 02 is one of them. Sometimes the same call comes twice. */
export const report: Operation = {
  name: 'report',
  weight: 6,
  async run(context) {
    const at = anyDelivery(context)
    if (!at) return false
    const { packet, delivery } = at
    const code = pick(context.random, codes)
    context.trail.push(`${delivery.receiver} reports ${code} on ${packet.name}`)
    const key = context.newName()
    const path = `/deliveries/${delivery.id}/status`
    const say = () => officeOf(context, delivery.receiver).post(path, { code, reason: key }, key)
    const answer = await say()
    const where = `report ${code} on ${packet.name} by ${delivery.receiver}`
    if (delivery.state === 'withdrawn') {
      compare(context, where, true, refusals(at).includes(answer.status))
      return true
    }
    context.rules.report(packet, delivery, code)
    compare(context, where, 202, answer.status)
    context.world.statuses.push({ id: jsonOf<{ id: string }>(answer).id, receiver: packet.sender })
    if (context.random() < 0.2) {
      const again = await say()
      compare(context, `${where}, again`, [200, answer.text], [again.status, again.text])
    }
    return true
  },
}
