/**
 * Lets requests that look for the same thing at the same moment share one query. Nothing is kept: an answer is at most
 * one query old, and a failure is everybody's own to meet.
 */
export function sharedLookup<T>(look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<T>>()
  return key => {
    const known = running.get(key)
    if (known) return known
    const looking = look(key).finally(() => running.delete(key))
    running.set(key, looking)
    return looking
  }
}
