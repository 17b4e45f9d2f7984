import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProveAnswer, ProveTask } from '../src/proving/prove-task.ts'
import { provePackets as prove } from '../src/proving/prove-worker.ts'

/** A thread that dies or dawdles as the file names of its packets say. */
export async function provePackets(tasks: readonly ProveTask[]): Promise<readonly ProveAnswer[]> {
  for (const task of tasks) await stumble(task)
  return prove(tasks)
}

async function stumble(task: ProveTask): Promise<void> {
  const path = 'path' in task.packet ? task.packet.path : ''
  if (path.includes('dies-always')) process.exit(7)
  if (path.includes('dies-once') && !existsSync(join(task.spoolFolder, 'died'))) {
    writeFileSync(join(task.spoolFolder, 'died'), '')
    process.exit(7)
  }
  if (path.includes('waits')) writeFileSync(join(task.spoolFolder, 'begun'), '')
  while (path.includes('waits') && !existsSync(join(task.spoolFolder, 'go-on'))) await pause(5)
}
