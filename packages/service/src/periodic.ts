export interface Periodic {
  start(): void
  /** Something may be waiting: runs at once, or once more after the run in hand. */
  nudge(): void
  /** Waits for the run in hand; starts no other. */
  stop(): Promise<void>
}

export interface PeriodicOptions {
  readonly everyMs: number
  /** Resolves to true while more is waiting: it is then run again without a pause. */
  readonly work: () => Promise<boolean>
  /** Told of every run that failed; the next one comes after the usual pause. */
  readonly onError: (error: unknown) => void
}

/** Runs `work` again and again, never twice at a time. The timer keeps no process alive. */
export function periodic({ everyMs, work, onError }: PeriodicOptions): Periodic {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let nudged = false
  let stopped = true

  async function run(): Promise<void> {
    let more = true
    while (more && !stopped) {
      nudged = false
      more = await work().catch(error => {
        onError(error)
        return false
      })
      more ||= nudged
    }
  }

  function wake(): void {
    clearTimeout(timer)
    if (stopped) return
    running ??= run().finally(() => {
      running = undefined
      if (!stopped) timer = setTimeout(wake, everyMs).unref()
    })
  }

  return {
    start() {
      stopped = false
      timer = setTimeout(wake, everyMs).unref()
    },
    nudge() {
      nudged = true
      if (!running) wake()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
