import { pick, type Random } from '../../random.ts'
import { words } from '../pools/characters.ts'
import { allowedNames, colonNames, forbiddenNames } from '../pools/names.ts'
import { allowedReferences } from '../pools/references.ts'
import type { Mutation } from './mutation.ts'
import { inStartTag, insert, replaceOne } from './places.ts'

const knownNames = [
  'Id',
  'ID',
  'id',
  'xml:id',
  'xml:lang',
  'xml:space',
  'xml:base',
  'version',
  'URI',
  'xmlnsa',
  'Xmlns',
]

/** Legal and illegal spellings of what stands in a tag after its name. */
const spellings: readonly string[] = [
  ' a',
  ' a=',
  ' a=b',
  ' a="b',
  ' a=\'b"',
  'a="b"',
  ' a="b"c="d"',
  ' a="b"\tc=\'d\'',
  ' a = "b"',
  " a\n=\r\n'b'",
  ' ="b"',
  ' a=""',
  ' a="<"',
  ' a="&lt;>"',
  ' a="&"',
  ' a=="b"',
  ' a="b""',
  ' a=“b”',
  ' "b"',
  ' /',
  '/',
  '//',
  ' / ',
  ' a="b" /',
  ' <',
  ' a="]]>"',
  " a='\"'",
  ' a="\'"',
  '\u00a0a="b"',
  '\u0085a="b"',
  ' \u2028a="b"',
  ' a="b"\u3000',
  ' a="b"\u000c',
  ' a="\u0000"',
  ' a="\ufffe"',
  ' a\u0000="b"',
]

const values: readonly string[] = [
  ...allowedReferences,
  '\t',
  '\n',
  '\r',
  '\r\n',
  ' a  b ',
  '&#9;&#10;&#13; \t\n\r',
  '&#13;\n',
  '>',
  "'",
  '\u0085\u2028\u00a0',
  '<!-- -->',
  '&lt;![CDATA[a]]>',
  'ệ'.normalize('NFD'),
]

export const attributeMutations: readonly Mutation[] = [
  {
    kind: 'attribute',
    apply: (random, text) => add(random, text, ` ${pick(random, [...knownNames, ...allowedNames])}="${word(random)}"`),
  },
  {
    kind: 'attribute value',
    apply: (random, text) =>
      add(random, text, ` a="${pick(random, values)}" b='${pick(random, values).replaceAll("'", '"')}'`),
  },
  {
    kind: 'attribute name with colon',
    apply: (random, text) => add(random, text, ` ${pick(random, colonNames)}="${word(random)}"`),
  },
  {
    kind: 'attribute name forbidden',
    apply: (random, text) => add(random, text, ` ${pick(random, forbiddenNames)}="a"`),
  },
  { kind: 'attribute spelling', apply: (random, text) => add(random, text, pick(random, spellings)) },
  {
    kind: 'attribute twice',
    apply: (random, text) => add(random, text, pick(random, [' a="1" a="2"', ' a="" b="" a=""'])),
  },
  { kind: 'attribute repeated', apply: (random, text) => replaceOne(random, text, attribute, found => found + found) },
  { kind: 'attribute removed', apply: (random, text) => replaceOne(random, text, attribute, () => '') },
  { kind: 'attribute twice by namespace', apply: (random, text) => add(random, text, pick(random, sameExpandedName)) },
]

const attribute = /\s[^\s<>="']+\s*=\s*(?:"[^"]*"|'[^']*')/g

/** The first six name one attribute twice, the others only look like it. */
const sameExpandedName: readonly string[] = [
  ' xmlns:p1="urn:a" xmlns:p2="urn:a" p1:x="1" p2:x="2"',
  ' p1:x="1" p2:x="2" xmlns:p2="urn:&#97;" xmlns:p1="urn:a"',
  ' xmlns:p1="urn:a" p1:x="1" xmlns:p2="urn:a" p1:y="" p2:x="1"',
  ' xml:lang="vi" xml:lang="en"',
  ' xmlns:p1="urn:a" xmlns:p1="urn:b"',
  ' xmlns="urn:a" xmlns="urn:a"',
  ' xmlns:p1="urn:a" xmlns:p2="urn:a " p1:x="1" p2:x="2"',
  ' xmlns:p1="urn:a" xmlns:p2="URN:a" p1:x="1" p2:x="2"',
  ' xmlns:p1="urn:a" p1:x="1" x="2"',
  ' xmlns:p1="http://www.mic.gov.vn/TBT/QCVN_102_2016" p1:x="1" x="2"',
  ' xmlns:p1="urn:a" xmlns:p2="urn:a" p1:x="1" p2:y="2"',
  ' xmlns:p1="urn:a" xmlns:p2="urn:b" p2:x="1" p1:x="2" x="3"',
]

function add(random: Random, text: string, what: string): string {
  return insert(random, text, inStartTag, what)
}

function word(random: Random): string {
  return pick(random, words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
