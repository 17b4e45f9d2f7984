import { pause } from '../processes.ts'
import type { Office } from './office.ts'
import type { World } from './world.ts'

/** What waits in every mailbox when all is over, against all models: nothing lost, nothing that should not be there. */
export async function compareMailboxes(offices: readonly Office[], worlds: readonly World[]): Promise<string[]> {
  const differences: string[] = []
  for (const office of offices) {
    const [documents, statuses, withdrawn, changes] = await Promise.all([
      listed(office, '/inbox?kind=document', 'deliveryId'),
      untilThere(office, statusesFor(office, worlds)),
      listed(office, '/inbox/withdrawn', 'deliveryId'),
      listed(office, '/changes', 'deliveryId'),
    ])
    const deliveries = worlds
      .flatMap(({ packets }) => packets.flatMap(packet => packet.deliveries))
      .filter(({ receiver }) => receiver === office.code)
    const known = new Set(deliveries.map(({ id }) => id))
    const tell = (what: string, expected: readonly string[], actual: ReadonlySet<string>) => {
      const wanted = new Set(expected)
      const missing = expected.filter(id => !actual.has(id))
      const strange = [...actual].filter(id => known.has(id) && !wanted.has(id))
      if (missing.length > 0) differences.push(`${office.code}: not among ${what}: ${missing.join(', ')}`)
      if (strange.length > 0) differences.push(`${office.code}: wrongly among ${what}: ${strange.join(', ')}`)
    }
    const idsWhere = (wanted: (delivery: (typeof deliveries)[number]) => boolean) =>
      deliveries.filter(wanted).map(({ id }) => id)

    tell(
      'documents that wait',
      idsWhere(({ state }) => state === 'waiting'),
      documents,
    )
    tell(
      'open changes',
      idsWhere(({ change }) => change?.is === 'asked'),
      changes,
    )
    const unlisted = new Set(idsWhere(({ state, listed }) => state === 'withdrawn' && !listed))
    tell(
      'withdrawn mail',
      idsWhere(({ state, listed }) => state === 'withdrawn' && listed),
      new Set([...withdrawn].filter(id => !unlisted.has(id))),
    )
    const lost = statusesFor(office, worlds).filter(id => !statuses.has(id))
    if (lost.length > 0) differences.push(`${office.code}: statuses that never came: ${lost.join(', ')}`)
  }
  return differences
}

function statusesFor({ code }: Office, worlds: readonly World[]): readonly string[] {
  return worlds.flatMap(({ statuses }) => statuses.filter(({ receiver }) => receiver === code).map(({ id }) => id))
}

async function listed(office: Office, path: string, field: 'deliveryId' | 'id'): Promise<ReadonlySet<string>> {
  const items = await office.list<Readonly<Record<string, string>>>(path)
  return new Set(items.flatMap(item => item[field] ?? []))
}

const patienceMs = 60_000

/** Statuses are routed like all mail: the last may still be on their way. */
async function untilThere(office: Office, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const until = performance.now() + patienceMs
  for (;;) {
    const found = await listed(office, '/inbox?kind=status', 'id')
    if (ids.every(id => found.has(id)) || performance.now() > until) return found
    await pause(200)
  }
}
