import { hanoiDay } from '@docaxis/directory'
import { applyReform, askDirectory, type Database, listReforms, lockDirectory, type Tx } from '@docaxis/store'
import { placeOf, systemIdOf } from './country.ts'

/** Days until the reform of the demo. */
const reformInDays = 60

/** Something that waits for a directory manager, and something that waits for its day. Once in the life of the hub. */
export function askForChanges(database: Database, now: Date): Promise<void> {
  return database.transaction(async tx => {
    // Hubs that share a database start together now and then.
    await lockDirectory(tx)
    if ((await listReforms(tx, 1)).length > 0) return
    await askDirectory(tx, {
      systemId: systemIdOf(placeOf('H99.32.05')),
      kind: 'change',
      agencyCode: 'H99.32.05',
      wish: { name: 'Ủy ban nhân dân phường Đồi Gió' },
    })
    await askDirectory(tx, {
      systemId: systemIdOf(placeOf('H99')),
      kind: 'register',
      agencyCode: 'H99.40',
      wish: { code: 'H99.40', parent: 'H99', name: 'Ban Quản lý dự án tỉnh Mây Trắng', mail: 'bqlda@h99.example' },
    })
    await scheduleReform(tx, now)
  })
}

async function scheduleReform(tx: Tx, now: Date): Promise<void> {
  const effectiveOn = hanoiDay(new Date(now.getTime() + reformInDays * 86_400_000))
  const file = {
    format: 'docaxis-reform-1',
    name: 'demo-h99-doi-ten',
    title: 'Đổi tên một xã của tỉnh Mây Trắng',
    effectiveOn,
    changes: [{ do: 'rename', code: 'H99.32.06', name: 'Ủy ban nhân dân xã Bến Sao' }],
  }
  await applyReform(tx, Buffer.from(JSON.stringify(file)), {
    by: 'system:demo-operator',
    reason: 'theo nghị quyết của tỉnh',
  })
}
