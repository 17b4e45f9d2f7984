import { chance, pick, type Random } from '../../random.ts'
import { writeElement } from '../hand.ts'
import { namespaceNames, prefixes } from '../pools/namespaces.ts'
import { type ElementNode, elementsOf } from '../tree.ts'
import type { Mutation } from './mutation.ts'
import { inContent, inStartTag, insert, replaceOne } from './places.ts'

const xmlUri = 'http://www.w3.org/XML/1998/namespace'
const xmlnsUri = 'http://www.w3.org/2000/xmlns/'

const reserved: readonly string[] = [
  ` xmlns:xml="${xmlUri}"`,
  ` xmlns:xml="${xmlUri}" xml:lang="vi"`,
  ` xmlns:xml="${xmlUri}&#32;"`,
  ' xmlns:xml="urn:a"',
  ` xmlns:q="${xmlUri}"`,
  ` xmlns:q="${xmlUri}" q:lang="vi" xml:lang="en"`,
  ` xmlns="${xmlUri}"`,
  ` xmlns:xmlns="${xmlnsUri}"`,
  ' xmlns:xmlns="urn:a"',
  ` xmlns:q="${xmlnsUri}"`,
  ` xmlns="${xmlnsUri}"`,
  ' xmlns:q=""',
  ' xmlns:q="" q:a="1"',
  ' xmlns:="urn:a"',
  ' xmlns:xmla="urn:a" xmla:b="c"',
  ' xmlns:XML="urn:a" XML:b="c"',
  ' xml:xmlns="urn:a"',
  ' xmlns:q:r="urn:a"',
  ' xmlns:1="urn:a"',
]

export const namespaceMutations: readonly Mutation[] = [
  { kind: 'namespace declared', apply: (random, text) => tag(random, text, declaration(random, text)) },
  { kind: 'default namespace', apply: (random, text) => tag(random, text, ` xmlns="${pick(random, namespaceNames)}"`) },
  { kind: 'default namespace undeclared', apply: (random, text) => tag(random, text, ' xmlns=""') },
  { kind: 'namespace reserved', apply: (random, text) => tag(random, text, pick(random, reserved)) },
  {
    kind: 'namespace changed',
    apply: (random, text) => replaceOne(random, text, declarations, () => declaration(random, text)),
  },
  { kind: 'namespace undeclared', apply: (random, text) => replaceOne(random, text, declarations, () => '') },
  { kind: 'prefix unbound', apply: (random, text) => insert(random, text, inContent, pick(random, unbound)) },
  { kind: 'prefix renamed', apply: renamePrefix },
  { kind: 'foreign elements', apply: (random, text) => insert(random, text, inContent, foreignElements(random)) },
]

const declarations = /\sxmlns(?::[^\s=]+)?\s*=\s*(?:"[^"]*"|'[^']*')/g
const unbound = ['<khong:a/>', '<a khong:b="c"/>', '<xmlns:a/>', '<xml:a/>', '<:a/>', '<a:/>', '<edXML:a/>', '<ds:a/>']

/** Declared for a prefix of the document or another, and perhaps used by an attribute. */
function declaration(random: Random, text: string): string {
  const own = Array.from(text.matchAll(/<([^\s<>:/!?]+):/g), ([, prefix = '']) => prefix)
  const prefix = pick(random, [...prefixes, ...own])
  const use = chance(random, 0.5) ? ` ${prefix}:z="1"` : ''
  return ` xmlns:${prefix}="${pick(random, namespaceNames)}"${use}`
}

/** Everywhere it stands, which keeps the meaning, or at one place, which mostly ends it. */
function renamePrefix(random: Random, text: string): string {
  const found = Array.from(text.matchAll(/xmlns:([^\s=]+)/g), ([, prefix = '']) => prefix)
  if (found.length === 0) return text
  const from = pick(random, found)
  const to = pick(random, prefixes)
  if (chance(random, 0.5))
    return replaceOne(random, text, /[^\s<>:/=]+(?=:)/g, prefix => (prefix === from ? to : prefix))
  return text
    .replaceAll(`xmlns:${from}`, `xmlns:${to}`)
    .replaceAll(`<${from}:`, `<${to}:`)
    .replaceAll(`</${from}:`, `</${to}:`)
}

/** A few levels in several namespaces, written as oddly as may be. */
function foreignElements(random: Random): string {
  const hand = { random, oddness: 0.4, lineEnd: '' }
  // The default of the place is not known, so what is in no namespace has to take it back.
  return writeElement(hand, foreignTree(random, 0), new Map([['', 'urn:outside']]))
}

const foreignNamespaces = ['', 'urn:a', 'urn:b', 'urn:a', 'http://www.mic.gov.vn/TBT/QCVN_102_2016']

function foreignTree(random: Random, depth: number): ElementNode {
  const element = elementsOf(pick(random, foreignNamespaces))
  const inside = depth < 3 ? [foreignTree(random, depth + 1), 'chữ', foreignTree(random, depth + 2)] : []
  const attributes = [
    { namespace: '', name: 'z', value: '1' },
    { namespace: 'urn:b', name: 'b', value: 'a\n>' },
    { namespace: 'urn:a', name: 'b', value: '"' },
    { namespace: 'urn:a', name: 'a', value: '' },
  ].filter(() => chance(random, 0.5))
  return { ...element(pick(random, ['e', 'f', 'é']), inside), attributes }
}

function tag(random: Random, text: string, what: string): string {
  return insert(random, text, inStartTag, what)
}
