import { type Database, outboxChannel } from '@docaxis/store'
import type pg from 'pg'
import type { BusLogger } from '../create-bus.ts'
import { messageOf } from '../trouble.ts'

const reconnectMs = 500

/**
 * Hears from the sequencers of other processes that rows were placed. Losing the connection only costs speed: the
 * consumers look by themselves, too.
 */
export class Listener {
  readonly #database: Database
  readonly #logger: BusLogger
  readonly #heard: () => void
  #client: pg.PoolClient | undefined
  #timer: NodeJS.Timeout | undefined
  #connecting: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(database: Database, logger: BusLogger, heard: () => void) {
    this.#database = database
    this.#logger = logger
    this.#heard = heard
  }

  start(): void {
    this.#connecting = this.#connect()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#connecting
    this.#client?.release(true)
    this.#client = undefined
  }

  async #connect(): Promise<void> {
    try {
      const client = await this.#database.pool.connect()
      client.on('notification', this.#heard)
      client.on('error', error => this.#lost(client, error))
      this.#client = client
      await client.query(`listen ${outboxChannel}`)
      this.#heard()
    } catch (error) {
      this.#lost(this.#client, error)
    }
  }

  #lost(client: pg.PoolClient | undefined, error: unknown): void {
    if (client !== this.#client || this.#timer !== undefined) return
    this.#client = undefined
    client?.release(true)
    this.#logger.debug({ reason: messageOf(error) }, 'event log: listening again')
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.start()
    }, reconnectMs)
  }
}
