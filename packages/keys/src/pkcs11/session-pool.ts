import { KeyFault } from '../key-fault.ts'
import type { Cryptoki } from './cryptoki.ts'
import type { Session } from './session.ts'

export interface SessionPool {
  /** Runs `work` with a session that nobody else uses meanwhile. A session in which it failed is not used again. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A session does one signature at a time, so a few stand side by side; each is opened when first needed. */
export function createSessionPool(cryptoki: Cryptoki, open: () => Promise<Session>, size: number): SessionPool {
  const idle: Session[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  let closed = false

  async function take(): Promise<Session> {
    while (busy >= size) await new Promise<void>(resolve => waiting.push(resolve))
    if (closed) throw new KeyFault('token', 'was given back', 'start the service again')
    busy += 1
    return idle.pop() ?? (await open().catch(giveUp))
  }

  function giveUp(error: unknown): never {
    leave()
    throw error
  }

  function leave(): void {
    busy -= 1
    waiting.shift()?.()
  }

  const end = (session: Session) => cryptoki.closeSession(session.session)

  return {
    async use(work) {
      const session = await take()
      try {
        const result = await work(session)
        if (closed) await end(session)
        else idle.push(session)
        return result
      } catch (error) {
        await end(session)
        throw error
      } finally {
        leave()
      }
    },
    async close() {
      closed = true
      for (const session of idle.splice(0)) await end(session)
    },
  }
}
