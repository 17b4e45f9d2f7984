// What a thread needs to read packets, and nothing else: it is opened while somebody waits.
export { type DiskSpool, openDiskSpool } from './disk-spool.ts'
export {
  type DecodedDocument,
  type PacketRead,
  type PacketSource,
  type PacketToRead,
  readPacket,
} from './read-packet.ts'
