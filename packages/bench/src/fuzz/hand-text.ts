import { chance, pick, type Random } from '../random.ts'

interface Pen {
  readonly random: Random
  readonly oddness: number
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Character data: literal where it may be, else as reference; with oddness as any reference or as CDATA. */
export function writeText(pen: Pen, value: string): string {
  if (value !== '' && chance(pen.random, pen.oddness)) return writeCdata(pen, value)
  const written = Array.from(value, character => {
    if (character === '&' || character === '<' || character === '\r') return reference(pen, character)
    return chance(pen.random, pen.oddness / 4) ? reference(pen, character) : character
  })
  return written.join('').replaceAll(']]>', ']]&gt;')
}

export function writeAttributeValue(pen: Pen, value: string): string {
  const quote = chance(pen.random, pen.oddness) ? "'" : '"'
  const written = Array.from(value, character => {
    const must = character === '&' || character === '<' || character === quote
    return must || chance(pen.random, pen.oddness / 4) ? reference(pen, character) : character
  })
  return quote + written.join('') + quote
}

function writeCdata(pen: Pen, value: string): string {
  const characters = Array.from(value)
  const middle = chance(pen.random, 0.3) ? Math.floor(characters.length / 2) : 0
  const parts = middle === 0 ? [value] : [characters.slice(0, middle).join(''), characters.slice(middle).join('')]
  return parts.map(part => `<![CDATA[${part.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`).join('')
}

/** One of the ways to write a character by reference; half of a pair cannot be referred to and stays as it is. */
function reference({ random, oddness }: Pen, character: string): string {
  const code = character.codePointAt(0) ?? 0
  const name = named[character]
  if (name !== undefined && !chance(random, oddness)) return name
  if (code >= 0xd800 && code <= 0xdfff) return character
  return pick(random, [
    `&#${code};`,
    `&#x${code.toString(16)};`,
    `&#x000${code.toString(16).toUpperCase()};`,
    `&#00${code};`,
  ])
}
