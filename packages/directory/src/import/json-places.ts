import { jsonTokens } from './json-tokens.ts'

/** An object or array whose end has not come. */
interface Open {
  readonly path: string
  readonly isArray: boolean
  index: number
  key: string
  /** In an object: a key was read and its value is to come. */
  valueNext: boolean
}

/**
 * The line on which each value of a text begins, by its path, `changes[3].into.code`; the whole value is the empty path.
 * The text is known to be JSON.
 */
export function jsonPlaces(text: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  const open: Open[] = []
  let line = 1
  let lineEnd = text.indexOf('\n')
  for (const { sign, start, end } of jsonTokens(text)) {
    for (; lineEnd !== -1 && lineEnd < start; lineEnd = text.indexOf('\n', lineEnd + 1)) line += 1
    const inside = open.at(-1)
    if (sign === ']' || sign === '}') open.pop()
    else if (sign === ',') step(inside)
    else if (sign === ':') continue
    else if (inside !== undefined && !inside.isArray && !inside.valueNext) {
      inside.key = JSON.parse(text.slice(start, end))
      inside.valueNext = true
    } else {
      const path = inside === undefined ? '' : childPath(inside)
      places.set(path, line)
      if (sign === '[' || sign === '{') open.push({ path, isArray: sign === '[', index: 0, key: '', valueNext: false })
    }
  }
  return places
}

function step(inside: Open | undefined): void {
  if (inside === undefined) return
  inside.index += 1
  inside.valueNext = false
}

function childPath({ path, isArray, index, key }: Open): string {
  if (isArray) return `${path}[${index}]`
  return path === '' ? key : `${path}.${key}`
}
