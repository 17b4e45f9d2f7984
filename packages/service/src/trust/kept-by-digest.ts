/**
 * Reads and parses what is stored under its SHA-256 once, and forgets what is no longer asked for.
 *
 * @param read bytes of those that are not known yet
 */
export function keptByDigest<T>(
  read: (digests: readonly string[]) => Promise<readonly { readonly sha256: string; readonly der: Buffer }[]>,
  parse: (der: Buffer) => T,
): (digests: readonly string[]) => Promise<T[]> {
  let kept: ReadonlyMap<string, T> = new Map()
  return async digests => {
    const missing = digests.filter(digest => !kept.has(digest))
    const found = await read(missing)
    const fresh = new Map(found.map(({ sha256, der }) => [sha256, parse(der)]))
    kept = new Map(
      digests.flatMap(digest => {
        const value = fresh.get(digest) ?? kept.get(digest)
        return value === undefined ? [] : [[digest, value] as const]
      }),
    )
    return [...kept.values()]
  }
}
