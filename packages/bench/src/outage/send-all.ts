import type { Api } from '../load/api.ts'

/** Documents accepted per second while all are sent over so many connections. @throws Error when one is refused */
export async function sendAll(api: Api, envelopes: readonly Buffer[], concurrency: number): Promise<number> {
  const queue = envelopes.values()
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const envelope of queue) {
        const { status, body } = await api.send(envelope)
        if (status !== 202) throw new Error(`the hub answered ${status}: ${body}`)
      }
    }),
  )
  return (envelopes.length / (performance.now() - startedAt)) * 1000
}
