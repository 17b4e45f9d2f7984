import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PacketProof, ProveTask } from '../src/proving/prove-task.ts'
import { provePacket as prove } from '../src/proving/prove-worker.ts'

/** A thread that dies or dawdles as the file name of its packet says. */
export async function provePacket(task: ProveTask): Promise<PacketProof> {
  const path = 'path' in task.packet ? task.packet.path : ''
  if (path.includes('dies-always')) process.exit(7)
  if (path.includes('dies-once') && !existsSync(join(task.spoolFolder, 'died'))) {
    writeFileSync(join(task.spoolFolder, 'died'), '')
    process.exit(7)
  }
  while (path.includes('waits') && !existsSync(join(task.spoolFolder, 'go-on'))) await pause(5)
  return prove(task)
}
