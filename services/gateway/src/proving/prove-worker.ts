import { readPacket } from '@docaxis/attachments/documents'
import { checkSealIntegrity } from '@docaxis/signature'
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

async function provePacket(task: ProveTask): Promise<PacketProof> {
  const { reading, documents } = await readPacket(task)
  const { signature, ...plain } = reading
  const integrity = signature && checkSealIntegrity(signature)
  return { reading: plain, ...(integrity && { integrity }), documents }
}
