import { compare, type HistoryContext } from './context.ts'
import { compareKitList } from './kit-handling.ts'
import type { Office } from './office.ts'
import { answererOf, endOf, type ModelDelivery } from './world.ts'

/** What waits in every mailbox at the end: nothing lost, nothing doubled, nothing that should not be there. */
export async function compareMailboxes(context: HistoryContext): Promise<void> {
  for (const office of context.offices) {
    await compareOffice(context, office)
    await compareKitList(context, office)
  }
}

async function compareOffice(context: HistoryContext, office: Office): Promise<void> {
  const { packets, statuses } = context.world
  for (const { id } of statuses) await context.settler.settled(id)
  const [documents, mail, withdrawn, changes] = await Promise.all([
    listed(office, '/inbox?kind=document', 'deliveryId'),
    listed(office, '/inbox?kind=status', 'id'),
    listed(office, '/inbox/withdrawn', 'deliveryId'),
    listed(office, '/changes', 'deliveryId'),
  ])
  const own = packets.flatMap(({ deliveries }) => deliveries).filter(({ receiver }) => office.codes.includes(receiver))
  const alone = own.filter(({ joinedTo }) => joinedTo === null)
  const asked = packets
    .flatMap(({ deliveries }) => deliveries)
    .filter(delivery => isAsked(delivery) && office.codes.includes(answererOf(delivery)))
  const withdrawals = own.filter(delivery => endOf(delivery) === 'withdrawn')
  // What was withdrawn while it was on its way to the mailbox may have been listed, or not.
  const perhaps = new Set(withdrawals.filter(({ listed }) => !listed).map(({ id }) => id))
  const tell = (what: string, expected: readonly { readonly id: string }[], actual: readonly string[]) =>
    compare(context, `${what} of ${office.codes.join('+')}`, expected.map(({ id }) => id).sort(), actual.toSorted())

  tell('documents that wait', alone.filter(isWaiting), documents)
  tell('open changes', asked, changes)
  tell(
    'withdrawn mail',
    withdrawals.filter(({ listed }) => listed),
    withdrawn.filter(id => !perhaps.has(id)),
  )
  tell(
    'statuses',
    statuses.filter(({ receiver }) => office.codes.includes(receiver ?? '')),
    mail,
  )
}

const isWaiting = ({ state }: ModelDelivery) => state === 'waiting'
const isAsked = ({ change, joinedTo }: ModelDelivery) => joinedTo === null && change?.is === 'asked'

async function listed(office: Office, path: string, field: 'deliveryId' | 'id'): Promise<readonly string[]> {
  const items = await office.list<Readonly<Record<string, string>>>(path)
  return items.flatMap(item => item[field] ?? [])
}
