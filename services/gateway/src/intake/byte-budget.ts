/** Shares a number of bytes of memory among requests: who would exceed it waits, in the order of arrival. */
export interface ByteBudget {
  /**
   * Runs `work` while `bytes` are taken. More than the whole budget counts as the whole budget, so that a large packet
   * runs alone instead of never.
   */
  spend<T>(bytes: number, work: () => Promise<T>): Promise<T>
}

interface Waiter {
  readonly bytes: number
  readonly start: () => void
}

export function createByteBudget(totalBytes: number): ByteBudget {
  let free = totalBytes
  const waiting: Waiter[] = []

  function startWaiting(): void {
    for (let next = waiting[0]; next !== undefined && next.bytes <= free; next = waiting[0]) {
      waiting.shift()
      free -= next.bytes
      next.start()
    }
  }

  async function spend<T>(wanted: number, work: () => Promise<T>): Promise<T> {
    const bytes = Math.min(wanted, totalBytes)
    await new Promise<void>(start => {
      waiting.push({ bytes, start })
      startWaiting()
    })
    try {
      return await work()
    } finally {
      free += bytes
      startWaiting()
    }
  }

  return { spend }
}
