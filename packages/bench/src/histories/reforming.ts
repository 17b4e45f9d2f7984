import { chance, shuffled } from '../random.ts'
import { type HistoryContext, learn, type Operation, pickOne } from './context.ts'
import { type Change, reform } from './directory-rules.ts'
import { openAgencies } from './world.ts'

/**
 * Does one change of the directory, whatever is under way. Packets may be on their way to the router at that moment: where
 * they go is the same, sooner or later, so the history goes on when they have come to rest.
 */
async function change(context: HistoryContext, wanted: Change): Promise<void> {
  context.trail.push(`reform: ${JSON.stringify(wanted)}`)
  await context.reforms.apply(wanted)
  const { packets } = context.world
  const known = new Map(packets.flatMap(({ deliveries }) => deliveries.map(one => [one, one.listed] as const)))
  for (const packet of packets) await learn(context, packet)
  reform(context.world, wanted)
  // Whether what came back or waits for another had been in the mailbox before depends on who was first.
  for (const { deliveries } of packets) {
    for (const one of deliveries) if (one.state === 'failed' || one.joinedTo) one.listed = known.get(one) ?? false
  }
}

/** Agencies in any order, where one may close: two stay open at least, so that there is always somebody to write to. */
function fewOpen(context: HistoryContext): readonly string[] | undefined {
  const open = openAgencies(context.world)
  return open.length > 2 ? shuffled(context.random, open) : undefined
}

export const close: Operation = {
  name: 'close',
  weight: 0.5,
  async run(context) {
    const [code, successor] = fewOpen(context) ?? []
    if (code === undefined || successor === undefined) return false
    await change(context, { do: 'close', code, ...(chance(context.random, 0.6) && { successor }) })
    return true
  },
}

export const merge: Operation = {
  name: 'merge',
  weight: 0.6,
  async run(context) {
    const [first, into, second, ...others] = fewOpen(context) ?? []
    if (first === undefined || into === undefined || second === undefined) return false
    const codes = others.length > 0 && chance(context.random, 0.5) ? [first, second] : [first, into]
    await change(context, { do: 'merge', codes, into })
    return true
  },
}

/** With one that follows, or with choices alone. */
export const split: Operation = {
  name: 'split',
  weight: 0.5,
  async run(context) {
    const [code, ...others] = fewOpen(context) ?? []
    const [successor] = others
    if (code === undefined || successor === undefined) return false
    const into = others.slice(0, 2)
    await change(context, { do: 'split', code, into, ...(chance(context.random, 0.5) && { successor }) })
    return true
  },
}

/** Neither changes where anything goes. */
export const rename: Operation = {
  name: 'rename',
  weight: 0.2,
  async run(context) {
    const [code] = fewOpen(context) ?? []
    if (code === undefined) return false
    await change(context, { do: 'rename', code, name: context.newName() })
    return true
  },
}

/** Once: a change that changes nothing is a fault of the file. */
export const move: Operation = {
  name: 'move',
  weight: 0.2,
  async run(context) {
    const { world } = context
    const agency = pickOne(
      context,
      world.agencies.filter(({ open, moved }) => open && !moved),
    )
    if (!agency) return false
    await change(context, { do: 'move', code: agency.code, parent: 'G99' })
    agency.moved = true
    return true
  },
}
