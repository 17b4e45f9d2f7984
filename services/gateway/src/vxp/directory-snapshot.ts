import { hanoiDay } from '@docaxis/directory'
import { type Database, directoryVersion, streamVxpDirectory, type VxpDirectoryQuery } from '@docaxis/store'

/** A whole answer, ready to be sent; shared by everybody who asks while it is true. */
export interface Snapshot {
  readonly chunks: readonly Buffer[]
  readonly sizeBytes: number
}

/** Lists of the whole directory: 20 MB for 111,000 agencies, asked for by every kit at its start. */
export interface DirectorySnapshots {
  get(list: Omit<VxpDirectoryQuery, 'today'>): Promise<Snapshot>
}

/**
 * Makes a list once for each version of the directory, and each day, since agencies open and close by date. Who asks
 * while it is made waits for it.
 */
export function createDirectorySnapshots(database: Database, now: () => Date): DirectorySnapshots {
  let made = new Map<string, Promise<Snapshot>>()
  let state = ''

  return {
    async get(list) {
      const today = hanoiDay(now())
      const current = `${await directoryVersion(database)} ${today}`
      if (current !== state) {
        state = current
        made = new Map()
      }
      const key = `${list.list} ${list.level ?? 'all'}`
      const lists = made
      const known = lists.get(key)
      if (known) return known
      const making = makeSnapshot(database, { ...list, today })
      lists.set(key, making)
      // A failure is for those who met it; the next one tries again.
      making.catch(() => lists.delete(key))
      return making
    },
  }
}

const before = Buffer.from('{"status":"OK","ErrorCode":"0","ErrorDesc":"Thành công","data":[')
const after = Buffer.from(']}')

async function makeSnapshot(database: Database, query: VxpDirectoryQuery): Promise<Snapshot> {
  const chunks = await database.transaction(async tx => {
    await tx.query('set transaction isolation level repeatable read read only')
    const pages: Buffer[] = [before]
    for await (const json of streamVxpDirectory(tx, query))
      pages.push(Buffer.from(pages.length > 1 ? `,${json}` : json))
    return [...pages, after]
  })
  return { chunks, sizeBytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) }
}
