import type { Acceptance, Database } from '@docaxis/store'
import { inBatches } from '../in-batches.ts'
import { type StorePacket, writePackets } from './write-packets.ts'

/** Writes packets; those that come while others are being written share a transaction. */
export interface PacketWriter {
  /** @returns undefined when another packet is in the way */
  write(packet: StorePacket): Promise<Acceptance | undefined>
}

/** Transactions at a time; the other connections of the pool serve look-ups. */
const maxTransactions = 2
const maxBatch = 32

/**
 * Groups acceptances: under load a transaction, with its round trips and its commit, is paid once for many packets; a
 * packet that comes alone is written at once. Nobody is answered before the commit of his own packet.
 */
export function createPacketWriter(database: Database): PacketWriter {
  const writeAll = (packets: readonly StorePacket[]) => database.transaction(tx => writePackets(tx, packets))
  const writeTogether = inBatches({ work: writeAll, maxRunning: maxTransactions, maxBatch })
  return {
    write: async packet => {
      const { kind, effects } = packet.document
      if (kind === 'document' && effects.length === 0) return writeTogether(packet)
      // What reports or acts on others locks their deliveries; alone it waits for nobody's other packets.
      const [acceptance] = await writeAll([packet])
      return acceptance
    },
  }
}
