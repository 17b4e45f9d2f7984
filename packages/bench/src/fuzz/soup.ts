import { below, chance, pick, type Random } from '../random.ts'
import { allowedCharacters, forbiddenCharacters } from './pools/characters.ts'
import { allowedNames, colonNames, forbiddenNames } from './pools/names.ts'
import { allowedReferences, forbiddenReferences } from './pools/references.ts'

const pieces: readonly string[] = [
  '<',
  '>',
  '/>',
  '</',
  '<a>',
  '</a>',
  '<b>',
  '</b>',
  '<a/>',
  '<a b="c">',
  "<b a='>'/>",
  '<p:a xmlns:p="urn:p">',
  '</p:a>',
  '<p:a/>',
  ' xmlns="urn:d"',
  ' xmlns=""',
  ' xmlns:p="urn:p"',
  ' xmlns:q="urn:p"',
  ' p:a="1"',
  ' q:a="2"',
  ' a="1"',
  '="',
  '"',
  "'",
  '=',
  '&',
  ';',
  '&#',
  '&#x',
  '<!--',
  '-->',
  '--',
  '-',
  '<![CDATA[',
  ']]>',
  ']]',
  ']',
  '<?',
  '?>',
  '<!',
  '!',
  ' ',
  '\n',
  '\r',
  '\t',
  'a',
  'Đ',
  ':',
  '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">',
  '<SignedInfo/>',
  '</Signature>',
]
const frames: readonly string[] = [
  '<a>|</a>',
  '<a b="|"/>',
  '<a |/>',
  '<p:a xmlns:p="urn:p">|<p:b p:c="d"/></p:a>',
  '|<a/>',
  '<a/>|',
  '<!--|--><a/>',
  '<a><![CDATA[|]]></a>',
  '<a xmlns="urn:d"><b xmlns="">|</b></a>',
  '<|/>',
]

/** A handful of pieces of markup in a frame that alone would be a document: tiny, so that many can be tried. */
export function soup(random: Random): string {
  const [before = '', after = ''] = pick(random, frames).split('|')
  const middle = Array.from({ length: 1 + below(random, 6) }, () => piece(random)).join('')
  return before + middle + after
}

function piece(random: Random): string {
  if (chance(random, 0.7)) return pick(random, pieces)
  return pick(
    random,
    pick(random, [
      allowedCharacters,
      forbiddenCharacters,
      allowedNames,
      forbiddenNames,
      colonNames,
      allowedReferences,
      forbiddenReferences,
    ]),
  )
}
