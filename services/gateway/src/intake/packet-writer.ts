import { type Acceptance, type Database, isTransient } from '@docaxis/store'
import { type StorePacket, writePackets } from './write-packets.ts'

/** Writes packets; those that come while others are being written share a transaction. */
export interface PacketWriter {
  /** @returns undefined when another packet is in the way */
  write(packet: StorePacket): Promise<Acceptance | undefined>
}

/** Transactions at a time; the other connections of the pool serve look-ups. */
const maxTransactions = 2
const maxBatch = 32

interface Waiting {
  readonly packet: StorePacket
  readonly resolve: (acceptance: Acceptance | undefined) => void
  readonly reject: (error: unknown) => void
}

/**
 * Groups acceptances: under load a transaction, with its round trips and its commit, is paid once for many packets; a
 * packet that comes alone is written at once. Nobody is answered before the commit of his own packet.
 */
export function createPacketWriter(database: Database): PacketWriter {
  const waiting: Waiting[] = []
  let running = 0

  function startWaiting(): void {
    while (running < maxTransactions && waiting.length > 0) {
      running += 1
      void writeBatch(database, waiting.splice(0, maxBatch)).finally(() => {
        running -= 1
        startWaiting()
      })
    }
  }

  return {
    write: packet => {
      // A status locks the delivery it reports on; alone it waits for nobody's other packets.
      if (packet.document.kind === 'status') return writeAlone(database, packet)
      return new Promise((resolve, reject) => {
        waiting.push({ packet, resolve, reject })
        startWaiting()
      })
    },
  }
}

/** Settles everybody in the batch and never throws. */
async function writeBatch(database: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const packets = batch.map(({ packet }) => packet)
    const acceptances = await database.transaction(tx => writePackets(tx, packets))
    batch.forEach(({ resolve }, index) => {
      resolve(acceptances[index])
    })
  } catch (error) {
    if (batch.length === 1 || isTransient(error)) {
      for (const { reject } of batch) reject(error)
      return
    }
    // One of them is at fault; each is tried alone, so that it fails alone.
    for (const { packet, resolve, reject } of batch) await writeAlone(database, packet).then(resolve, reject)
  }
}

async function writeAlone(database: Database, packet: StorePacket): Promise<Acceptance | undefined> {
  const [acceptance] = await database.transaction(tx => writePackets(tx, [packet]))
  return acceptance
}
