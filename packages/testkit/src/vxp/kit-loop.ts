import type { KitResult, VxpKit } from './kit.ts'

/** What one client has stored, and how often it was handed each file. */
export interface KitInbox {
  /** Files by docId, in the order in which they came. */
  readonly files: ReadonlyMap<string, Buffer>
  readonly downloads: number
}

/**
 * The loop that every client runs: list, get, store, `updateStatus done`. Like the kit it repeats network errors and
 * 5xx, never an ErrorCode.
 *
 * @param stored where it keeps its files; a docId that is there already is confirmed again, not stored twice
 */
export async function runKitLoop(
  kit: VxpKit,
  messagetype: 'edoc' | 'status',
  stored: Map<string, Buffer>,
): Promise<KitInbox> {
  let downloads = 0
  const list = await repeated(() => kit.getReceivedEdocList({ servicetype: 'eDoc', messagetype }))
  for (const { docId } of list.data ?? []) {
    const { file } = await repeated(() => kit.getEdoc(docId))
    if (!file) continue
    downloads += 1
    stored.set(docId, file)
    await repeated(() => kit.updateStatus(docId, 'done'))
  }
  return { files: stored, downloads }
}

const mostTries = 1_000

/** Tries again after network errors and 5xx, as the kit does. */
export async function repeated<T extends KitResult>(call: () => Promise<T>): Promise<T> {
  let last: unknown
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const result = await call()
      if (result.http < 500) return result
      last = new Error(`${result.http} ${result.ErrorDesc}`)
    } catch (error) {
      last = error
    }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw last
}
