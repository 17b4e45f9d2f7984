import { pick } from '../random.ts'
import { compare, type HistoryContext, type Operation, pickOne, settle } from './context.ts'
import type { Office, OfficeKit } from './office.ts'
import type { ModelDelivery, ModelPacket } from './world.ts'

/** A packet as the kit's e-office has it: its deliveries to all agencies behind it. */
interface KitRow {
  readonly packet: ModelPacket
  readonly deliveries: readonly ModelDelivery[]
}

/** The kit lists, takes one packet with one download, and says what became of it: for every agency behind it at once. */
export const kitLoop: Operation = {
  name: 'kit',
  weight: 3,
  async run(context) {
    const office = context.offices.find(({ kit }) => kit !== undefined)
    if (!office?.kit) return false
    for (const packet of context.world.packets) await settle(context, packet)
    const row = pickOne(context, rowsOf(context, office))
    if (!row) return false
    const kit = office.kit()
    try {
      await compareKitList(context, office)
      await take(context, kit, row)
    } finally {
      kit.close()
    }
    return true
  },
}

/** One row for each packet that waits for somebody behind the kit. */
function rowsOf({ world }: HistoryContext, { codes }: Office): readonly KitRow[] {
  return world.packets.flatMap(packet => {
    const deliveries = packet.deliveries.filter(({ receiver, joinedTo }) => codes.includes(receiver) && !joinedTo)
    return deliveries.some(isOffered) ? [{ packet, deliveries }] : []
  })
}

function isOffered({ state }: ModelDelivery): boolean {
  return state === 'waiting' || state === 'fetched'
}

/** The list is the model's, whatever has been taken of a packet by REST before. */
export async function compareKitList(context: HistoryContext, office: Office): Promise<void> {
  const kit = office.kit?.()
  if (!kit) return
  try {
    const { data = [] } = await kit.getReceivedEdocList({ servicetype: 'eDoc', messagetype: 'edoc' })
    const rows = rowsOf(context, office)
    const known = ({ docId }: { docId: string }) =>
      rows.find(({ deliveries }) => deliveries.some(({ id }) => id === docId))?.packet.name ?? docId
    compare(
      context,
      `rows of ${office.codes.join('+')}`,
      rows.map(({ packet }) => packet.name).sort(),
      data.map(known).sort(),
    )
  } finally {
    kit.close()
  }
}

const words = ['done', 'done', 'fail', 'processing', '03'] as const

async function take(context: HistoryContext, kit: OfficeKit, { packet, deliveries }: KitRow): Promise<void> {
  const { rules, random, trail } = context
  const offered = deliveries.filter(isOffered)
  const docId = pick(random, offered).id
  const word = pick(random, words)
  trail.push(`the kit takes ${packet.name} and says ${word}`)
  const { file } = await kit.getEdoc(docId)
  for (const delivery of offered) rules.fetch(delivery)
  compare(context, `file of ${packet.name}`, packet.bytes.toString('base64'), file?.toString('base64'))

  const { status } = await kit.updateStatus(docId, word)
  compare(context, `updateStatus ${word} on ${packet.name}`, 'OK', status)
  if (word === 'fail') for (const delivery of offered) rules.fail(delivery)
  if (word === 'done' || word === '03') for (const delivery of offered) rules.acknowledge(delivery)
  const named = offered.find(({ id }) => id === docId)
  // A business code counts as done, and is a report of the agency that the row names; the same one twice is one.
  if (word === '03' && named && named.history.at(-1)?.code !== word) rules.report(context.world, packet, named, word)
}
