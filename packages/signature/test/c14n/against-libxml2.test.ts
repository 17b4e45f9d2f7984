import { readXmlTree, type XmlTree, type XmlTreeElement } from '@docaxis/edxml/xml'
import { XmlC14NMode, type XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm'
import { expect, it } from 'vitest'
import type { CanonicalMethod } from '../../src/c14n/canonical-method.ts'
import { canonicalBytes } from '../../src/c14n/canonicalize.ts'
import * as oracle from '../oracle.ts'

/** Random documents, the same on every run: name spaces bound, rebound and taken back, xml:* attributes at every depth. */

const documents = 400
const seed = 20300115

const methods = [
  { method: { form: 'exclusive', prefixes: [] }, mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 },
  { method: { form: 'exclusive', prefixes: ['', 'a', 'c'] }, mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 },
  { method: { form: 'inclusive-1.0' }, mode: XmlC14NMode.XML_C14N_1_0 },
  { method: { form: 'inclusive-1.1' }, mode: XmlC14NMode.XML_C14N_1_1 },
] as const satisfies readonly { readonly method: CanonicalMethod; readonly mode: number }[]

/** Mulberry32: small, and enough for choosing. */
function randomFrom(start: number): (below: number) => number {
  let state = start
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Random = ReturnType<typeof randomFrom>

// None with an ampersand: libxml2 writes it unescaped, which is not even well-formed.
const uris = ['urn:1', 'urn:2', 'http://x.example/?a=1', 'urn:three']
const texts = [
  't',
  ' &amp; ',
  '&lt;&gt;',
  '&#13;x',
  '\n\t',
  'ệ',
  '<![CDATA[<&>]]>',
  '<!--c-->',
  '<?p  data ?>',
  '<?é ữ?>',
  '',
]
const values = ['v', '&quot;&#9;', "it's", '&lt;', '\n', 'ữ', '']

function randomDocument(random: Random): string {
  const body = randomElement(random, 0, { '': '', a: 'urn:1', b: 'urn:2', c: 'urn:1' })
  return `<?xml version="1.0"?>${random(3) === 0 ? '<?before it?>' : ''}\n${body}${random(3) === 0 ? '<?after?>' : ''}`
}

function randomElement(random: Random, depth: number, outer: Readonly<Record<string, string>>): string {
  const pick = <T>(items: readonly T[]) => items[random(items.length)] as T
  const scope = { ...outer }
  const attributes: string[] = []
  for (const prefix of ['', 'a', 'b', 'c']) {
    const mustDeclare = depth === 0 && prefix !== ''
    if (!mustDeclare && random(4) > 0) continue
    const uri = prefix === '' && random(3) === 0 ? '' : pick(uris)
    scope[prefix] = uri
    attributes.push(prefix === '' ? `xmlns="${uri}"` : `xmlns:${prefix}="${uri}"`)
  }
  const names = new Set<string>()
  for (const name of ['x', 'a:x', 'b:x', 'y', 'xml:lang', 'xml:space', 'xml:foo']) {
    const [prefix = '', local] = name.includes(':') ? name.split(':') : ['', name]
    const expanded = `${prefix === '' ? '' : (scope[prefix] ?? 'xml')} ${local}`
    if (random(4) > 0 || names.has(expanded)) continue
    names.add(expanded)
    attributes.push(`${name}='${pick(values).replaceAll("'", '&apos;')}'`)
  }
  const tag = pick(['e', 'a:e', 'b:f', 'c:e'])
  const children = Array.from({ length: depth > 3 ? 0 : random(4) }, () => randomElement(random, depth + 1, scope))
  const content = children.flatMap(child => [pick(texts), child]).join('') + pick(texts)
  return `<${[tag, ...shuffled(attributes, random)].join(' ')}>${content}</${tag}>`
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const keyed = items.map(item => [random(1000), item] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item)
}

function elementsOf(element: XmlTreeElement): XmlTreeElement[] {
  return [element, ...element.children.flatMap(child => (child.kind === 'element' ? elementsOf(child) : []))]
}

/** The same elements in libxml2's tree, in document order too. */
function oracleElements(document: XmlDocument): XmlElement[] {
  return document.find('//*').filter(node => node instanceof XmlElement)
}

function treeOf(xml: string): XmlTree {
  const tree = readXmlTree(Buffer.from(xml))
  if (!('root' in tree)) throw new Error(`${tree.code} ${JSON.stringify(tree.details)} ${xml}`)
  return tree
}

function isInside(node: XmlNode | null, left: XmlElement): boolean {
  for (let at = node; at; at = at.parent) if (at.isSameNode(left)) return true
  return false
}

it.each(methods)('agrees with libxml2 on documents and subtrees: $method', ({ method, mode }) => {
  const random = randomFrom(seed)
  const inclusiveNamespacePrefixes = 'prefixes' in method ? method.prefixes.map(prefix => prefix || '#default') : []
  const options = { mode, ...(inclusiveNamespacePrefixes.length > 0 && { inclusiveNamespacePrefixes }) }

  for (let count = 0; count < documents; count += 1) {
    const xml = randomDocument(random)
    const tree = treeOf(xml)
    const elements = elementsOf(tree.root)
    const chosen = random(elements.length)
    oracle.withDocument(Buffer.from(xml), document => {
      const apex = oracleElements(document)[chosen] as XmlElement
      const subtree = canonicalBytes({ of: elements[chosen] as XmlTreeElement }, method)

      expect(canonicalBytes({ of: tree }, method).toString(), xml).toBe(
        oracle.canonicalBytes(document, options).toString(),
      )
      expect(subtree.toString(), xml).toBe(oracle.canonicalBytes(apex, options).toString())
    })
  }
})

it.each(methods)('agrees with libxml2 on documents without one element: $method', ({ method, mode }) => {
  const random = randomFrom(seed + 1)

  for (let count = 0; count < documents / 8; count += 1) {
    const xml = randomDocument(random)
    const tree = treeOf(xml)
    const elements = elementsOf(tree.root)
    const chosen = random(elements.length)
    if (chosen === 0) continue
    const without = elements[chosen] as XmlTreeElement
    oracle.withDocument(Buffer.from(xml), document => {
      const left = oracleElements(document)[chosen] as XmlElement
      const isVisible = (node: XmlNode, parent: XmlNode | null) => !isInside(node, left) && !isInside(parent, left)

      const expected = oracle.canonicalBytes(document, { mode, isVisible })
      if (method.form !== 'exclusive' || method.prefixes.length === 0) {
        expect(canonicalBytes({ of: tree, without }, method).toString(), xml).toBe(expected.toString())
      }
    })
  }
})
