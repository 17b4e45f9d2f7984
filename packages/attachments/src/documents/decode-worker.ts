import { type DecodedDocument, type PacketToRead, readPacket } from './read-packet.ts'

/** Decodes the attachments of one packet, in a thread of its own. */
export async function decodePacket(task: PacketToRead): Promise<readonly DecodedDocument[]> {
  const { documents } = await readPacket(task)
  return documents
}
