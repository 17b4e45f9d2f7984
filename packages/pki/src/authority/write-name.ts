import { ia5, objectId, printable, sequence, set, utf8 } from '../der-writer.ts'
import type { SubjectName } from './types.ts'

const nameParts: readonly (readonly [keyof SubjectName, string])[] = [
  ['country', '2.5.4.6'],
  ['locality', '2.5.4.7'],
  ['organization', '2.5.4.10'],
  ['organizationalUnit', '2.5.4.11'],
  ['title', '2.5.4.12'],
  ['commonName', '2.5.4.3'],
  ['emailAddress', '1.2.840.113549.1.9.1'],
]

export function writeName(subject: Partial<SubjectName>): Buffer {
  const parts = nameParts.flatMap(([part, id]) => {
    const value = subject[part]
    if (value === undefined) return []
    return [set(sequence(objectId(id), writeText(part, value)))]
  })
  return sequence(...parts)
}

/** Two attributes have a string type of their own (RFC 5280 appendix A.1). */
function writeText(part: keyof SubjectName, value: string): Buffer {
  if (part === 'country') return printable(value)
  return part === 'emailAddress' ? ia5(value) : utf8(value)
}
