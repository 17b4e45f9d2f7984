import { type AgencyRecord, hanoiDay } from '@docaxis/directory'
import { type Database, directoryVersion, streamAgencyRecords } from '@docaxis/store'

/** A whole answer, ready to be sent; shared by everybody who asks while it is true. */
export interface Snapshot {
  readonly chunks: readonly Buffer[]
  readonly sizeBytes: number
}

export interface DirectoryList {
  /** Names the list among others. */
  readonly name: string
  /** The row of one agency; undefined leaves it out. */
  readonly row: (agency: AgencyRecord, at: Date) => object | undefined
}

/** Lists of the whole directory: 20 MB for 111,000 agencies, asked for by every kit at its start. */
export interface DirectorySnapshots {
  get(list: DirectoryList): Promise<Snapshot>
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
      const at = now()
      const current = `${await directoryVersion(database)} ${hanoiDay(at)}`
      if (current !== state) {
        state = current
        made = new Map()
      }
      const lists = made
      const known = lists.get(list.name)
      if (known) return known
      const making = makeSnapshot(database, list, at)
      lists.set(list.name, making)
      // A failure is for those who met it; the next one tries again.
      making.catch(() => lists.delete(list.name))
      return making
    },
  }
}

const before = Buffer.from('{"status":"OK","ErrorCode":"0","ErrorDesc":"Thành công","data":[')
const after = Buffer.from(']}')

async function makeSnapshot(database: Database, { row }: DirectoryList, at: Date): Promise<Snapshot> {
  const chunks: Buffer[] = [before]
  await database.transaction(async tx => {
    await tx.query('set transaction isolation level repeatable read read only')
    for await (const agencies of streamAgencyRecords(tx)) {
      const rows = agencies.map(agency => row(agency, at)).filter(body => body !== undefined)
      if (rows.length === 0) continue
      const json = rows.map(body => JSON.stringify(body)).join(',')
      chunks.push(Buffer.from(chunks.length > 1 ? `,${json}` : json))
    }
  })
  chunks.push(after)
  return { chunks, sizeBytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) }
}
