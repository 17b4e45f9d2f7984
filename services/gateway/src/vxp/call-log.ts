import { periodic, type ServiceDeps } from '@docaxis/service'
import { forgetSignatures, recordVxpCalls, rememberSignatures, type SeenSignature, type VxpCall } from '@docaxis/store'

/** The last calls of each system, and where its signatures came from; written after the answer, many at once. */
export interface CallLog {
  note(call: VxpCall): void
  /** Where this signature was seen first, as far as this process remembers. */
  seenAt(signature: Buffer): string | undefined
  /** @param keep whether the database is to know it too, for other processes and after a restart */
  remember(signature: SeenSignature, keep: boolean): void
  /** Writes what waits. */
  flush(): Promise<void>
  start(): void
  stop(): Promise<void>
}

const flushEveryMs = 1_000
/** What one flush may have to write; what comes beyond is lost, as a diagnosis may be. */
const mostWaiting = 5_000
/** Some hours of the busiest hub; beyond, the database remembers. */
const mostRemembered = 100_000
const forgetEveryMs = 24 * 3_600_000

export function createCallLog({ database, logger }: Pick<ServiceDeps, 'database' | 'logger'>): CallLog {
  let calls: VxpCall[] = []
  let signatures: SeenSignature[] = []
  const remembered = new Map<string, { readonly address: string; readonly kept: boolean }>()

  let last: Promise<void> = Promise.resolve()

  /** After the one before: whoever waits for it finds all that was noted, whoever had begun to write it. */
  function flush(): Promise<void> {
    last = last.catch(() => undefined).then(write)
    return last
  }

  async function write(): Promise<void> {
    const [waitingCalls, waitingSignatures] = [calls, signatures]
    calls = []
    signatures = []
    await rememberSignatures(database, waitingSignatures)
    await recordVxpCalls(database, waitingCalls)
  }

  const onError = (error: unknown) => logger.warn({ err: error }, 'the list of VXP calls was not written')
  const writing = periodic({ everyMs: flushEveryMs, work: () => flush().then(() => false), onError })
  const forgetting = periodic({
    everyMs: forgetEveryMs,
    work: () => forgetSignatures(database).then(() => false),
    onError,
  })

  return {
    note(call) {
      if (calls.length < mostWaiting) calls.push(call)
    },
    seenAt: signature => remembered.get(signature.toString('base64'))?.address,
    remember(seen, keep) {
      const key = seen.sha256.toString('base64')
      const known = remembered.get(key)
      if (known?.kept || (known && !keep)) return
      if (remembered.size >= mostRemembered) remembered.clear()
      remembered.set(key, { address: known?.address ?? seen.address, kept: keep })
      if (keep && signatures.length < mostWaiting) signatures.push(seen)
    },
    flush,
    start() {
      writing.start()
      forgetting.start()
    },
    async stop() {
      await Promise.all([writing.stop(), forgetting.stop()])
      await flush().catch(onError)
    },
  }
}
