import { availableParallelism } from 'node:os'
import { HubError } from '@docaxis/errors'
import { Piscina } from 'piscina'
import type { PacketProof, ProveTask } from './prove-task.ts'

/** Proves packets in threads, so that the event loop stays free and every core has work. */
export interface PacketProver {
  /**
   * @param sizeBytes of the packet: small ones have threads of their own, which large ones cannot block
   * @throws HubError `STORAGE_UNAVAILABLE` when too many are waiting
   */
  prove(task: ProveTask, sizeBytes: number): Promise<PacketProof>
  /** Packets that wait for a thread. */
  waiting(): number
  /** Finishes what is in hand. */
  close(): Promise<void>
}

/** Up to here a packet is proved in a few milliseconds. */
const smallPacketBytes = 1024 * 1024
/** A small packet waits in memory; a large one in its spool file. */
const maxWaiting = { small: 512, large: 256 }
const retryAfterSeconds = 2
const threadIdleMs = 60_000
const productWorker = new URL('./prove-worker.ts', import.meta.url)
/** A packet that ends its thread twice is not tried again. */
const maxTries = 2

type LaneName = keyof typeof maxWaiting

export interface ProverOptions {
  readonly cores: number
  /** Module with `provePacket`. */
  readonly worker: URL
  /** Packets that may wait for a thread, by lane. */
  readonly maxWaiting: Readonly<Record<LaneName, number>>
}

export function createPacketProver(options: Partial<ProverOptions> = {}): PacketProver {
  const { cores = availableParallelism(), worker = productWorker, maxWaiting: limits = maxWaiting } = options
  const lanes: Record<LaneName, Lane> = {
    small: new Lane(worker, cores, limits.small),
    large: new Lane(worker, Math.max(1, Math.floor(cores / 2)), limits.large),
  }
  return {
    prove: (task, sizeBytes) => lanes[sizeBytes <= smallPacketBytes ? 'small' : 'large'].run(task),
    waiting: () => lanes.small.waiting + lanes.large.waiting,
    close: async () => {
      await Promise.all([lanes.small.close(), lanes.large.close()])
    },
  }
}

/** Threads that take packets in the order of arrival; opened when the first one comes. */
class Lane {
  readonly #worker: URL
  readonly #threads: number
  readonly #maxWaiting: number
  #pool: Piscina | undefined

  constructor(worker: URL, threads: number, maxWaiting: number) {
    this.#worker = worker
    this.#threads = threads
    this.#maxWaiting = maxWaiting
  }

  get waiting(): number {
    return this.#pool?.queueSize ?? 0
  }

  async run(task: ProveTask, tries = 1): Promise<PacketProof> {
    const pool = this.#open()
    if (pool.queueSize >= this.#maxWaiting) {
      throw new HubError('STORAGE_UNAVAILABLE', 'too many packets are waiting to be proved', { retryAfterSeconds })
    }
    try {
      return await pool.run(task)
    } catch (error) {
      if (!hasThreadDied(error)) throw error
      await this.#replaceDead(pool)
      if (tries >= maxTries) throw error
      return this.run(task, tries + 1)
    }
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }

  #open(): Piscina {
    if (this.#pool === undefined) {
      this.#pool = new Piscina({
        filename: this.#worker.href,
        name: 'provePacket',
        minThreads: 1,
        maxThreads: this.#threads,
        idleTimeout: threadIdleMs,
        maxQueue: this.#maxWaiting,
      })
      // A thread that ends without a packet harms nobody: the next packet gets another one.
      this.#pool.on('error', () => undefined)
    }
    return this.#pool
  }

  /** A pool whose threads end while they start makes no new ones. */
  async #replaceDead(pool: Piscina): Promise<void> {
    if (pool.threads.length > 0 || this.#pool !== pool) return
    this.#pool = undefined
    await pool.destroy()
  }
}

/** Out of memory, or ended from outside: the packet itself may be innocent. */
function hasThreadDied(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    code === 'ERR_WORKER_OUT_OF_MEMORY' || /^worker exited with code|^Terminating worker thread/.test(error.message)
  )
}
