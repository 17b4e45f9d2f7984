import { type AlgorithmEnds, algorithmNames, defaultAlgorithmEnds, endAfter } from './algorithm-ends.ts'

/**
 * Ends of algorithms as they are configured: a JSON object from names to the last day, in UTC, on which each counts, such
 * as `{"rsa-2048": "2029-12-31"}`. What it does not name keeps the end it has without configuration.
 *
 * @throws Error whose message names every fault
 */
export function readAlgorithmEnds(json: string): AlgorithmEnds {
  const days = parseObject(json)
  const faults: string[] = []
  const ends: Record<string, Date> = { ...defaultAlgorithmEnds }
  for (const [name, day] of Object.entries(days)) {
    const end = typeof day === 'string' ? endAfter(day) : undefined
    if (!(algorithmNames as readonly string[]).includes(name))
      faults.push(`${name} is none of ${algorithmNames.join(', ')}`)
    else if (end === undefined) faults.push(`${name} must be a day such as "2030-12-31", not ${JSON.stringify(day)}`)
    else ends[name] = end
  }
  if (faults.length > 0) throw new Error(faults.join('; '))
  return ends
}

function parseObject(json: string): object {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new Error('is no JSON')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Error('must be an object of names and days')
}
