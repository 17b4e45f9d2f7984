import { setTimeout as sleep } from 'node:timers/promises'
import { type Postmaster, type PostmasterExit, type PostmasterOptions, startPostmaster } from './postmaster.ts'
import { stopPostmaster } from './stop-postmaster.ts'

/** Waits before the next start, longer each time; after the last the server is given up. */
const backOffMs: readonly number[] = [100, 500, 2_000, 5_000, 10_000]
/** A server that ran this long begins again with the shortest wait. */
const steadyMs = 60_000

type Listener = (exit: PostmasterExit & { readonly restarting: boolean }) => void

interface Address {
  readonly connectionString: string
  close(): Promise<void>
}

/** Keeps one server running: starts it again when it dies, until it is stopped or dies too often. */
export class Supervisor {
  readonly connectionString: string
  readonly #server: PostmasterOptions
  readonly #address: Address
  readonly #listeners: Listener[] = []
  readonly #stopping = new AbortController()
  #postmaster: Postmaster
  #watch: Promise<void>

  constructor(server: PostmasterOptions, postmaster: Postmaster, address: Address) {
    this.connectionString = address.connectionString
    this.#server = server
    this.#address = address
    this.#postmaster = postmaster
    this.#watch = this.#keepRunning()
  }

  get pid(): number {
    return this.#postmaster.pid
  }

  onExit(listener: Listener): void {
    this.#listeners.push(listener)
  }

  async stop(): Promise<void> {
    // The server does not hold this process, which would otherwise end in the middle of stopping it.
    const held = setInterval(() => undefined, 1_000)
    await this.#stopAll().finally(() => clearInterval(held))
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort()
    const { user, cluster } = this.#server
    await stopPostmaster(user, cluster, this.pid)
    await this.#watch
    // A start that was under way when the stop was asked for.
    await stopPostmaster(user, cluster, this.pid)
    await this.#address.close()
  }

  async #keepRunning(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      const since = performance.now()
      const exit = await this.#postmaster.exited
      if (this.#stopping.signal.aborted) return

      failures = performance.now() - since > steadyMs ? 1 : failures + 1
      const waitMs = backOffMs[failures - 1]
      this.#report(exit, waitMs !== undefined)
      if (waitMs === undefined) return
      await this.#startAgain(waitMs)
    }
  }

  async #startAgain(waitMs: number): Promise<void> {
    const { signal } = this.#stopping
    await sleep(waitMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    try {
      this.#postmaster = await startPostmaster(this.#server)
      this.#server.log.warn({ pid: this.pid }, 'PostgreSQL runs again')
    } catch (error) {
      // The next round finds the process that ended, and counts it.
      this.#server.log.error({ err: error }, 'PostgreSQL did not start again')
    }
  }

  #report(exit: PostmasterExit, restarting: boolean): void {
    const next = restarting ? 'it is started again' : 'it ended too often and is given up'
    this.#server.log.error({ pid: this.pid, ...exit }, `PostgreSQL ended by itself: ${next}`)
    for (const listener of this.#listeners) listener({ ...exit, restarting })
  }
}
