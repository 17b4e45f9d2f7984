import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { appendOutbox, type Database, listDeadLetters } from '@docaxis/store'
import { expect, it } from 'vitest'
import { event } from './test-events.ts'

/** A supervisor that starts a consumer again whenever it died, and gathers what all of them handled. */
class Supervised {
  readonly handled = new Set<string>()
  deaths = 0
  #child: ChildProcess | undefined
  #stopped = false
  readonly #args: readonly string[]

  constructor(args: readonly string[]) {
    this.#args = args
    this.#start()
  }

  #start(): void {
    const script = join(import.meta.dirname, 'poisoned-process.ts')
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...this.#args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.on('data', text => {
      for (const id of String(text).trim().split('\n')) this.handled.add(id)
    })
    child.once('exit', () => {
      if (this.#stopped) return
      this.deaths += 1
      this.#start()
    })
    this.#child = child
  }

  stop(): void {
    this.#stopped = true
    this.#child?.kill('SIGKILL')
  }
}

/** An event that ends its process must not stand in the way of the others for ever. */
export function processDeathContract(
  ground: () => {
    readonly database: Database
    readonly connectionString: string
    readonly brokers?: readonly string[]
  },
): void {
  it('quarantines an event that kills every process that handles it', { timeout: 180_000 }, async () => {
    const { database, connectionString, brokers } = ground()
    const run = randomBytes(6).toString('hex')
    const publications = Array.from({ length: 3 }, (_, index) => event(run, 'K', index + 1))
    const ids = publications.map(one => one.event.id)
    const poison = ids[1] ?? ''
    await database.transaction(tx => appendOutbox(tx, publications))
    const arguments_ = [connectionString, run, poison, ...(brokers === undefined ? [] : [brokers.join(',')])]
    const supervised = new Supervised(arguments_)

    const lettersOf = async () =>
      (await listDeadLetters(database, { limit: 100 })).filter(letter => letter.group === run)
    await expect.poll(lettersOf, { timeout: 170_000, interval: 200 }).toHaveLength(1)
    await expect.poll(() => ids.filter(id => supervised.handled.has(id)), { timeout: 10_000 }).toHaveLength(2)
    supervised.stop()

    expect(await lettersOf()).toMatchObject([{ event: { id: poison }, code: 'PROCESS_DIED', attempts: 1 }])
    expect(supervised.deaths).toBeGreaterThanOrEqual(2)
  })
}
