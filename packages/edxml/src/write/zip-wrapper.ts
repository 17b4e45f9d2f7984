import { crc32, deflateRawSync } from 'node:zlib'

const localHeaderBytes = 30
const centralHeaderBytes = 46
const endRecordBytes = 22
const versionNeeded = 20
const deflated = 8
/** 1980-01-01, the earliest date of the format: the same document always gives the same bytes. */
const fixedDate = 0x21

/**
 * One file in a one-entry ZIP: deflate, no extra fields, sizes in the local header (APPNOTE 4.3).
 *
 * @param entryName ASCII
 */
export function wrapInZip(entryName: string, content: Uint8Array): Buffer {
  const name = Buffer.from(entryName, 'ascii')
  const data = deflateRawSync(content)
  const common = commonFields(name.length, content, data.length)

  const local = Buffer.alloc(localHeaderBytes)
  local.writeUInt32LE(0x04034b50, 0)
  common.copy(local, 4)

  const central = Buffer.alloc(centralHeaderBytes)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(versionNeeded, 4)
  common.copy(central, 6)

  const end = Buffer.alloc(endRecordBytes)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(centralHeaderBytes + name.length, 12)
  end.writeUInt32LE(localHeaderBytes + name.length + data.length, 16)
  return Buffer.concat([local, name, data, central, name, end])
}

/** The 26 bytes that local and central header share: version, flags, method, time, date, CRC, sizes, name length. */
function commonFields(nameBytes: number, content: Uint8Array, compressedBytes: number): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(versionNeeded, 0)
  fields.writeUInt16LE(deflated, 4)
  fields.writeUInt16LE(fixedDate, 8)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(compressedBytes, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(nameBytes, 22)
  return fields
}
