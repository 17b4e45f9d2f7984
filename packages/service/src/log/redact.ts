/** Never in a log, whatever holds them: keys, credentials, document content, personal data. */
export const secretNames: readonly string[] = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'vxpSecret',
  'password',
  'p12Password',
  'privateKey',
  'databaseUrl',
  'connectionString',
  'xml',
  'envelope',
  'body',
  'subject',
  'staff',
  'email',
  'mobile',
]
const secretKeys: ReadonlySet<string> = new Set(secretNames.map(name => name.toLowerCase()))

/** Fields of PostgreSQL's errors that quote the row, and so document content. */
const rowQuotes: ReadonlySet<string> = new Set(['detail', 'where'])

export const censored = '[redacted]'
/** Log objects are flat; what lies deeper than this is cut off. */
const deepest = 6

/**
 * The object without secrets, or the object itself where it has none. Our own walk: pino's redaction by paths clones
 * and took 40 µs a line, this takes some 5.
 */
export function redactSecrets<T extends object>(value: T): T {
  return walk(value, secretKeys, deepest) as T
}

/** The same for an error as pino's serializer gives it. */
export function redactError<T extends object>(error: T): T {
  return walk(redactSecrets({ ...error }), rowQuotes, deepest) as T
}

function walk(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  if (typeof value !== 'object' || value === null || isOpaque(value)) return value
  if (depth === 0) return censored
  let copy: Record<string, unknown> | undefined
  for (const [key, held] of Object.entries(value)) {
    const shown = names.has(key.toLowerCase()) && held !== undefined ? censored : walk(held, names, depth - 1)
    if (shown === held) continue
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
    copy[key] = shown
  }
  return copy ?? value
}

/** Printed by a method of their own: dates, errors (which the serializer opens), anything with a class. */
function isOpaque(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype !== Object.prototype && prototype !== null && !Array.isArray(value)
}
