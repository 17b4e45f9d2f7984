import { below, pick, type Random } from '../../random.ts'
import { allowedNames, colonNames, forbiddenNames } from '../pools/names.ts'
import type { Mutation } from './mutation.ts'
import { inContent, inStartTag, insert, replaceOne } from './places.ts'

const tag = /<[^<>]*>/g
const emptyElement = /<([^\s<>/!?]+)([^<>]*)\/>/g
const endTag = /<\/[^<>]*>/g

export const structureMutations: readonly Mutation[] = [
  { kind: 'tag removed', apply: (random, text) => replaceOne(random, text, tag, () => '') },
  { kind: 'tag doubled', apply: (random, text) => replaceOne(random, text, tag, found => found + found) },
  { kind: 'tag moved', apply: moveTag },
  {
    kind: 'tag cut',
    apply: (random, text) => replaceOne(random, text, tag, found => found.slice(0, below(random, found.length))),
  },
  {
    kind: 'end tag changed',
    apply: (random, text) => replaceOne(random, text, endTag, found => changeEndTag(random, found)),
  },
  {
    kind: 'tag made empty',
    apply: (random, text) => replaceOne(random, text, tag, found => `${found.slice(0, -1)}/>`),
  },
  { kind: 'empty element as a pair', apply: (_random, text) => text.replace(emptyElement, '<$1$2></$1>') },
  { kind: 'pair as an empty element', apply: (_random, text) => text.replace(/><\/[^<>]*>/g, '/>') },
  { kind: 'element', apply: (random, text) => insert(random, text, inContent, element(random, allowedNames)) },
  {
    kind: 'element name with colon',
    apply: (random, text) => insert(random, text, inContent, element(random, colonNames)),
  },
  {
    kind: 'element name forbidden',
    apply: (random, text) => insert(random, text, inContent, element(random, forbiddenNames)),
  },
  { kind: 'element renamed', apply: renameElement },
  { kind: 'cut off', apply: (random, text) => text.slice(0, below(random, text.length)) },
  {
    kind: 'second root',
    apply: (random, text) => text + pick(random, ['<a/>', text, '<edXML></edXML>', '<!--x--><b></b>']),
  },
  { kind: 'depth', apply: (random, text) => insert(random, text, inContent, nested(20 + below(random, 20))) },
  {
    kind: 'many attributes',
    apply: (random, text) => insert(random, text, inStartTag, manyAttributes(60 + below(random, 8))),
  },
]

function moveTag(random: Random, text: string): string {
  let moved = ''
  const without = replaceOne(random, text, tag, found => {
    moved = found
    return ''
  })
  return insert(random, without, inContent, moved)
}

function changeEndTag(random: Random, found: string): string {
  return pick(random, [
    found.toUpperCase(),
    found.replace('</', '< /'),
    found.replace('</', '</ '),
    found.replace('>', ' \r\n\t>'),
    found.replace('>', ' a="b">'),
    found.replace('>', '/>'),
    found.replace('>', 'x>'),
    found.replace('>', ''),
    found.replace('</', '</x:'),
    found.replace(/<\/[^:>]*:/, '</'),
    found.normalize('NFD'),
    '</>',
  ])
}

function element(random: Random, names: readonly string[]): string {
  const name = pick(random, names)
  return pick(random, [`<${name}/>`, `<${name}></${name}>`, `<${name} a="1">chữ</${name}\n>`])
}

/** Both its tags, as far as a glance can tell. */
function renameElement(random: Random, text: string): string {
  const names = Array.from(text.matchAll(/<\/([^\s<>]+)/g), ([, name = '']) => name)
  if (names.length === 0) return text
  const from = pick(random, names)
  const to = pick(random, [...allowedNames, ...colonNames, ...forbiddenNames])
  return text.replace(`<${from}`, `<${to}`).replace(`</${from}`, `</${to}`)
}

function nested(depth: number): string {
  return `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`
}

function manyAttributes(count: number): string {
  return Array.from({ length: count }, (_, index) => ` n${index}=""`).join('')
}
