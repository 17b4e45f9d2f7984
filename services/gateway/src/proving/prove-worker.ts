import { closeSync, openSync, readSync } from 'node:fs'
import { chunkBuffer, createEnvelopeReader, type EnvelopeReader } from '@docaxis/edxml'
import { checkSealIntegrity } from '@docaxis/signature'
import { openDiskSpool } from './disk-spool.ts'
import type { PacketProof, ProveAnswer, ProveFailure, ProveTask } from './prove-task.ts'

/** Reads and proves packets in a thread of its own, one after the other; what fails, fails alone. */
export async function provePackets(tasks: readonly ProveTask[]): Promise<readonly ProveAnswer[]> {
  const answers: ProveAnswer[] = []
  for (const task of tasks) answers.push(await provePacket(task).catch(failureOf))
  return answers
}

function failureOf(error: unknown): ProveFailure {
  if (!(error instanceof Error)) return { failure: String(error), isStorage: false }
  return { failure: error.stack ?? error.message, isStorage: 'syscall' in error }
}

/** In one pass, in memory that does not grow with the packet's files. */
async function provePacket({ packet, options, spoolFolder }: ProveTask): Promise<PacketProof> {
  const spool = openDiskSpool(spoolFolder)
  const keep = new Set<string>()
  try {
    const reader = createEnvelopeReader(options, spool)
    if ('bytes' in packet) reader.write(packet.bytes)
    else readInto(reader, packet.path)
    const { reading, files } = await reader.finish()
    const { signature, ...plain } = reading
    const integrity = signature && checkSealIntegrity(signature)
    for (const { file } of files) keep.add(file.name)
    return {
      reading: plain,
      ...(integrity && { integrity }),
      files: files.map(({ sha256, file }) => ({ sha256, name: file.name })),
    }
  } finally {
    spool.close(keep)
  }
}

function readInto(reader: EnvelopeReader<unknown>, path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    for (;;) {
      const count = readSync(descriptor, chunkBuffer, 0, chunkBuffer.length, null)
      if (count === 0 || reader.refused) return
      reader.write(chunkBuffer.subarray(0, count))
    }
  } finally {
    closeSync(descriptor)
  }
}
