// What it takes to read packets and their files, and nothing else: a thread that needs it is opened while somebody waits.
export { type DiskSpool, openDiskSpool } from './disk-spool.ts'
export { type DocumentFile, type OpenPdf, openPdf } from './open-pdf.ts'
export {
  type DecodedDocument,
  type PacketRead,
  type PacketSource,
  type PacketToRead,
  readPacket,
} from './read-packet.ts'
