/** What a turn found: `more` work waits, it `worked`, or there was `nothing` to do. */
export type Turn = 'more' | 'worked' | 'nothing'

export interface LoopOptions {
  readonly turn: () => Promise<Turn>
  readonly onError: (error: unknown) => void
  /** Pause after a turn that found nothing: doubles from the first to the last, then stays. */
  readonly idleMs: { readonly first: number; readonly last: number }
  /** Least time between two turns, so that many small wakes make one larger turn. */
  readonly gapMs?: number
}

/** Longest pause after a turn that failed. */
const errorPauseMs = 1_000

/** Takes turns one after the other until stopped: at once when woken or when there is more, otherwise after a pause. */
export class Loop {
  readonly #options: LoopOptions
  #stopping = false
  #woken = false
  #wakeUp: (() => void) | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: LoopOptions) {
    this.#options = options
  }

  start(): void {
    this.#running = this.#run()
  }

  wake(): void {
    this.#woken = true
    this.#wakeUp?.()
  }

  /** Resolves when the turn in hand has ended. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { idleMs, gapMs = 0 } = this.#options
    let pauseMs = idleMs.first
    while (!this.#stopping) {
      this.#woken = false
      const turn = await this.#takeTurn()
      if (turn === 'failed') pauseMs = Math.min(Math.max(pauseMs, 50) * 2, errorPauseMs)
      else pauseMs = turn === 'nothing' ? Math.min(pauseMs * 2, idleMs.last) : idleMs.first

      if (turn === 'failed') await this.#rest(pauseMs)
      else if (turn !== 'more') {
        if (gapMs > 0) await new Promise(resolve => setTimeout(resolve, gapMs))
        await this.#rest(pauseMs)
      }
    }
  }

  async #takeTurn(): Promise<Turn | 'failed'> {
    try {
      return await this.#options.turn()
    } catch (error) {
      this.#options.onError(error)
      return 'failed'
    }
  }

  async #rest(ms: number): Promise<void> {
    if (this.#woken || this.#stopping) return
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wakeUp = undefined
  }
}
