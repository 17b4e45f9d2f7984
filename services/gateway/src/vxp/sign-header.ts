/** One member of the signed object, under its whole header name. */
export interface SignedHeader {
  readonly name: string
  readonly value: string
}

const text = /"(?:[^"\\]|\\.)*"/.source
const member = new RegExp(`\\s*(${text})\\s*:\\s*(${text})\\s*([,}])`, 'uy')

/**
 * Reads the JSON object of `sign-header`: texts under names, nothing else. JSON.parse alone would keep the last of two
 * members of one name, and hide that there were two.
 *
 * @returns members in their order; undefined where the text is no such object
 */
export function parseSignHeader(json: string): readonly SignedHeader[] | undefined {
  const start = /^\s*\{/.exec(json)
  if (!start) return undefined
  const members: SignedHeader[] = []
  member.lastIndex = start[0].length
  for (;;) {
    const found = member.exec(json)
    if (!found) return undefined
    const [whole, name = '', value = '', end] = found
    const at = found.index + whole.length
    try {
      members.push({ name: JSON.parse(name), value: JSON.parse(value) })
    } catch {
      return undefined
    }
    if (end === '}') return json.slice(at).trim() === '' ? members : undefined
    member.lastIndex = at
  }
}
