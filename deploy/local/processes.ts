import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../../packages/store/src/embedded/processes.ts'

export { commandLineOf, isAlive as isRunning } from '../../packages/store/src/embedded/processes.ts'

/** Polls until `condition` holds, time is over, or `isOver` says that it never will. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  seconds: number,
  isOver: () => boolean = () => false,
): Promise<boolean> {
  const deadline = performance.now() + seconds * 1_000
  while (performance.now() < deadline) {
    if (await condition()) return true
    if (isOver()) return false
    await pause(100)
  }
  return false
}

/** Sends the signal and waits; a process that does not go is killed. */
export async function stopProcess(pid: number, signal: NodeJS.Signals, seconds: number): Promise<void> {
  signalProcess(pid, signal)
  if (await waitUntil(() => !isAlive(pid), seconds)) return
  signalProcess(pid, 'SIGKILL')
  await waitUntil(() => !isAlive(pid), 10)
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}
