import { pick, type Random } from '../../random.ts'
import { allowedCharacters, forbiddenCharacters } from '../pools/characters.ts'
import { allowedReferences, forbiddenReferences } from '../pools/references.ts'
import type { Mutation } from './mutation.ts'
import { anywhere, insert, inText, inValue, type Place, replaceOne } from './places.ts'

const lineEnds = [
  '\n',
  '\r\n',
  '\r',
  '\r\r\n',
  '\n\r',
  '\u0085',
  '\u2028',
  '\r\u0085',
  '&#13;',
  '&#xD;&#xA;',
  '\t',
  ' ',
]

/** `]]>` may not stand in text, but all that is like it may. */
const sectionEnds = [
  ']]>',
  ']]]>',
  ']]&gt;',
  ']&#93;>',
  ']]',
  ']]]',
  '>',
  ']>',
  ']]<!---->>',
  ']]<![CDATA[]]>>',
  ']] >',
]

export const characterMutations: readonly Mutation[] = [
  { kind: 'character', apply: (random, text) => put(random, text, [inText, inValue], allowedCharacters) },
  { kind: 'character anywhere', apply: (random, text) => put(random, text, [anywhere], allowedCharacters) },
  {
    kind: 'character forbidden',
    apply: (random, text) => put(random, text, [inText, inValue, anywhere], forbiddenCharacters),
  },
  { kind: 'reference', apply: (random, text) => put(random, text, [inText, inValue], allowedReferences) },
  {
    kind: 'reference forbidden',
    apply: (random, text) => put(random, text, [inText, inText, inValue, anywhere], forbiddenReferences),
  },
  { kind: 'reference for a character', apply: referCharacter },
  { kind: 'section end in text', apply: (random, text) => put(random, text, [inText, inValue], sectionEnds) },
  { kind: 'line end', apply: (random, text) => put(random, text, [inText, inValue, anywhere], lineEnds) },
  { kind: 'line ends', apply: (random, text) => replaceLineEnds(text, pick(random, lineEnds)) },
  { kind: 'normal form', apply: (random, text) => text.normalize(pick(random, ['NFC', 'NFD'])) },
  {
    kind: 'white space',
    apply: (random, text) =>
      replaceOne(random, text, /[ \t\n\r]+/g, found =>
        pick(random, ['', '\t', '\r\n', `${found} \n`, '\u00a0', '\u000b']),
      ),
  },
]

function put(random: Random, text: string, places: readonly Place[], what: readonly string[]): string {
  return insert(random, text, pick(random, places), pick(random, what))
}

/** The same character by number: the meaning stays in text and in values, and is lost in names. */
function referCharacter(random: Random, text: string): string {
  const at = pick(random, [inText, inText, inValue, anywhere])(random, text)
  const code = text.codePointAt(at)
  if (code === undefined) return text
  const length = code > 0xffff ? 2 : 1
  const reference = pick(random, [`&#${code};`, `&#x${code.toString(16)};`, `&#x0${code.toString(16).toUpperCase()};`])
  return text.slice(0, at) + reference + text.slice(at + length)
}

function replaceLineEnds(text: string, by: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', by)
}
