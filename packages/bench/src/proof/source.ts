import { closeSync, openSync, readSync } from 'node:fs'
import { chunkBuffer } from '@docaxis/edxml'

/** Where the bytes of an envelope come from. */
export type Source = { readonly bytes: Buffer } | { readonly path: string }

/** Hands over all bytes in their order: those of a file in chunks of one buffer that is used again and again. */
export function pour(source: Source, take: (bytes: Buffer) => void): void {
  if ('bytes' in source) {
    take(source.bytes)
    return
  }
  const descriptor = openSync(source.path, 'r')
  try {
    for (let count = fill(descriptor); count > 0; count = fill(descriptor)) take(chunkBuffer.subarray(0, count))
  } finally {
    closeSync(descriptor)
  }
}

function fill(descriptor: number): number {
  return readSync(descriptor, chunkBuffer, 0, chunkBuffer.length, null)
}
