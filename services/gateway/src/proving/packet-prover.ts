import { availableParallelism } from 'node:os'
import { HubError } from '@docaxis/errors'
import { Piscina } from 'piscina'
import { inBatches } from '../in-batches.ts'
import type { PacketProof, ProveAnswer, ProveFailure, ProveTask } from './prove-task.ts'

/** Proves packets in threads, so that the event loop stays free and every core has work. */
export interface PacketProver {
  /**
   * @param sizeBytes of the packet: small ones have threads of their own, which large ones cannot block
   * @throws HubError `STORAGE_UNAVAILABLE` when too many are waiting, or the disk refuses
   */
  prove(task: ProveTask, sizeBytes: number): Promise<PacketProof>
  /** Packets that wait for a thread. */
  waiting(): number
  /** Finishes what is in hand. */
  close(): Promise<void>
}

/** Up to here a packet, and one to eleven thousand receivers, is proved in some ten milliseconds by a thread that is warm. */
const smallPacketBytes = 2 * 1024 * 1024
/** A small packet waits in memory; a large one in its spool file. */
const maxWaiting = { small: 512, large: 256 }
/** To wake a thread costs as much as to prove a small packet: those that come meanwhile go along. */
const maxBatch = { small: 16, large: 1 }
const retryAfterSeconds = 2
const threadIdleMs = 60_000
const productWorker = new URL('./prove-worker.ts', import.meta.url)

type LaneName = keyof typeof maxWaiting

export interface ProverOptions {
  readonly cores: number
  /** Module with `provePackets`. */
  readonly worker: URL
  /** Packets that may wait for a thread, by lane. */
  readonly maxWaiting: Readonly<Record<LaneName, number>>
}

export function createPacketProver(options: Partial<ProverOptions> = {}): PacketProver {
  const { cores = availableParallelism(), worker = productWorker, maxWaiting: limits = maxWaiting } = options
  const lanes: Record<LaneName, Lane> = {
    small: new Lane({ worker, threads: Math.max(1, cores - 1), maxWaiting: limits.small, maxBatch: maxBatch.small }),
    large: new Lane({
      worker,
      threads: Math.max(1, Math.floor(cores / 2)),
      maxWaiting: limits.large,
      maxBatch: maxBatch.large,
    }),
  }
  return {
    prove: (task, sizeBytes) => lanes[sizeBytes <= smallPacketBytes ? 'small' : 'large'].run(task),
    waiting: () => lanes.small.waiting + lanes.large.waiting,
    close: async () => {
      await Promise.all([lanes.small.close(), lanes.large.close()])
    },
  }
}

interface LaneOptions {
  readonly worker: URL
  readonly threads: number
  readonly maxWaiting: number
  readonly maxBatch: number
}

/** Threads that take packets in the order of arrival; opened when the first one comes. */
class Lane {
  readonly #options: LaneOptions
  readonly #prove: (task: ProveTask) => Promise<ProveAnswer>
  /** Handed to no thread yet. */
  readonly #waiting = new Set<ProveTask>()
  #pool: Piscina | undefined

  constructor(options: LaneOptions) {
    this.#options = options
    const { threads, maxBatch } = options
    this.#prove = inBatches({ work: tasks => this.#run(tasks), maxRunning: threads, maxBatch })
  }

  get waiting(): number {
    return this.#waiting.size
  }

  async run(task: ProveTask): Promise<PacketProof> {
    if (this.#waiting.size >= this.#options.maxWaiting) {
      throw new HubError('STORAGE_UNAVAILABLE', 'too many packets are waiting to be proved', { retryAfterSeconds })
    }
    this.#waiting.add(task)
    const answer = await this.#prove(task)
    if ('failure' in answer) throw failed(answer)
    return answer
  }

  /** One batch. When its thread dies, each packet is proved alone, and twice at the most: the others may be innocent. */
  async #run(tasks: readonly ProveTask[]): Promise<readonly ProveAnswer[]> {
    for (const task of tasks) this.#waiting.delete(task)
    try {
      return await this.#inThread(tasks)
    } catch (error) {
      if (tasks.length > 1) throw error
      return this.#inThread(tasks)
    }
  }

  async #inThread(tasks: readonly ProveTask[]): Promise<readonly ProveAnswer[]> {
    const pool = this.#open()
    try {
      return await pool.run(tasks)
    } catch (error) {
      await this.#replaceDead(pool)
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }

  #open(): Piscina {
    if (this.#pool === undefined) {
      const { worker, threads } = this.#options
      this.#pool = new Piscina({
        filename: worker.href,
        name: 'provePackets',
        minThreads: 1,
        maxThreads: threads,
        idleTimeout: threadIdleMs,
        maxQueue: 'auto',
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

function failed({ failure, isStorage }: ProveFailure): Error {
  const cause = new Error(failure)
  if (!isStorage) return cause
  return new HubError('STORAGE_UNAVAILABLE', 'the packet cannot be read or decoded on this disk', {
    cause,
    retryAfterSeconds,
  })
}
