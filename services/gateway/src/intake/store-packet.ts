import { HubError } from '@docaxis/errors'
import {
  type Acceptance,
  appendDocumentEvents,
  type Database,
  findEarlierPackets,
  lockOriginal,
  type Tx,
} from '@docaxis/store'
import type { Accepted } from './accept-document.ts'
import type { PacketWriter } from './packet-writer.ts'
import { compareWithEarlier, decideRepeat } from './repeat.ts'
import { type StorePacket, writePackets } from './write-packets.ts'

export interface StoreDeps {
  readonly database: Database
  readonly writer: PacketWriter
}

/** Rounds of "insert, and if another was first, look at it": the second settles all but the strangest races. */
const maxRounds = 4

/**
 * Stores a proved packet, or finds that it repeats one. Unique constraints decide races: of fifty equal packets at once
 * one is written and all are answered alike.
 *
 * @throws HubError `DOCUMENT_EXISTS`: the DocumentId names other content
 */
export async function storePacket(deps: StoreDeps, packet: StorePacket): Promise<Accepted> {
  const { database, writer } = deps
  let write = () => writer.write(packet)
  for (let round = 0; round < maxRounds; round += 1) {
    const acceptance = await write()
    if (acceptance) return { acceptance, repeated: false }

    const decision = await decideRepeat(database, packet.document)
    switch (decision.is) {
      case 'repeat':
        return { acceptance: decision.acceptance, repeated: true }
      case 'rebuilt':
        await noteRebuilt(database, decision.acceptance, packet)
        return { acceptance: decision.acceptance, repeated: true }
      case 'extension':
        write = () => database.transaction(tx => writeExtension(tx, packet, decision.original))
        break
      case 'unsettled':
        break
    }
  }
  throw new HubError('STORAGE_UNAVAILABLE', 'an equal packet is being written; send again', { retryAfterSeconds: 1 })
}

/** A second packet under the same DocumentId that delivers to further receivers only (edXML 9.1). */
async function writeExtension(tx: Tx, packet: StorePacket, original: string): Promise<Acceptance | undefined> {
  const { document } = packet
  await lockOriginal(tx, original)
  const decision = compareWithEarlier(await findEarlierPackets(tx, document.sender, document.documentId), document)
  if (decision.is !== 'extension') return undefined

  const receivers = document.receivers.filter(receiver => decision.positions.has(receiver.position))
  const [acceptance] = await writePackets(tx, [{ ...packet, document: { ...document, receivers, extends: original } }])
  return acceptance
}

/** Both hashes are kept; the receiver gets the first bytes. */
async function noteRebuilt(database: Database, acceptance: Acceptance, packet: StorePacket): Promise<void> {
  const { systemId, sha256 } = packet.document
  const details = { sha256, rebuilt: true }
  await appendDocumentEvents(database, [{ documentId: acceptance.id, what: 'repeat-answered', systemId, details }])
}
