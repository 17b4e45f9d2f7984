import { inflateRawSync } from 'node:zlib'

/** The first file that a packet carries, out of its Base64 and its ZIP wrapper (edXML 7.3). */
export function firstFileOf(packet: Buffer): Buffer {
  const base64 = /ContentTransferEncoded[^>]*>([^<]+)</.exec(packet.toString('latin1'))?.[1] ?? ''
  const zip = Buffer.from(base64, 'base64')
  // By the central directory (APPNOTE 4.3.12): local headers may leave sizes out.
  const entry = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  const [method, size, local] = [
    zip.readUInt16LE(entry + 10),
    zip.readUInt32LE(entry + 20),
    zip.readUInt32LE(entry + 42),
  ]
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const carried = zip.subarray(start, start + size)
  return method === 0 ? carried : inflateRawSync(carried)
}
