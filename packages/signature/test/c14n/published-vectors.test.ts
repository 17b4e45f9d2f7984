import { readFileSync } from 'node:fs'
import { readXmlTree, type XmlTree, type XmlTreeElement } from '@docaxis/edxml/xml'
import { hasShared, itWithShared, sharedPath } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import type { CanonicalMethod } from '../../src/c14n/canonical-method.ts'
import { canonicalBytes } from '../../src/c14n/canonicalize.ts'
import { removeDotSegments } from '../../src/c14n/xml-base.ts'

interface Case {
  readonly input: string
  readonly method: string
  readonly expected: string
  readonly node_set?: string
  readonly inclusive_prefixes?: string
  readonly doctype?: boolean
}

const folder = ['vectors', 'c14n'] as const
const read = (name: string) => readFileSync(sharedPath(...folder, name))
const cases: readonly Case[] = hasShared(...folder) ? JSON.parse(read('expected.json').toString()).cases : []

const everyNode = String.raw`\(//\. \| //@\* \| //namespace::\*\)`
/** Node sets that are whole subtrees: those of the elements of these names, and perhaps without those of another. */
const subtree = /^ancestor-or-self::(?:\w+:)?(\w+)$/
const wholeSubtrees = new RegExp(`^${everyNode} ?\\[ ?(?:<!-- everything --> )?([^\\]]+?) ?\\]$`)

interface NodeSet {
  readonly apexes: readonly string[]
  readonly without?: string
}

/** The XPath of a case as names of elements; undefined when its nodes are no whole subtrees. */
function nodeSetOf(file: string): NodeSet | undefined {
  const text = read(file)
    .toString()
    .replace(/^\s*<\?xml[^>]*>|^\s*<!--[\s\S]*?-->|<\/?XPath[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const [, condition = ''] = wholeSubtrees.exec(text) ?? []
  const [, kept, without] = /^(.*) and not\((.*)\)$/.exec(condition) ?? [undefined, condition]
  const apexes = kept.split(' or ').map(one => subtree.exec(one)?.[1])
  const left = without === undefined ? [] : [subtree.exec(without)?.[1]]
  if ([...apexes, ...left].includes(undefined)) return undefined
  return { apexes: apexes as string[], ...(left[0] !== undefined && { without: left[0] }) }
}

/** Why a case is outside what the canonicalizer is for. */
function leftOutBecause({ method, doctype, node_set }: Case): string | undefined {
  if (method.includes('with comments')) return 'with comments'
  if (doctype) return 'DOCTYPE'
  if (node_set !== undefined && nodeSetOf(node_set) === undefined) return 'node set that is no whole subtree'
  return undefined
}

function methodOf({ method, inclusive_prefixes }: Case): CanonicalMethod {
  if (method !== 'exclusive C14N') return { form: method === 'C14N 1.0' ? 'inclusive-1.0' : 'inclusive-1.1' }
  const list = inclusive_prefixes === undefined ? '' : read(inclusive_prefixes).toString()
  const prefixes = list.split(/\s+/).filter(prefix => prefix !== '')
  return { form: 'exclusive', prefixes: prefixes.map(prefix => (prefix === '#default' ? '' : prefix)) }
}

function treeOf(bytes: Buffer): XmlTree {
  const tree = readXmlTree(inUtf8(bytes))
  if (!('root' in tree)) throw new Error(`${tree.code} ${JSON.stringify(tree.details)}`)
  return tree
}

/** Two inputs are in another encoding, which says nothing about their canonical form. */
function inUtf8(bytes: Buffer): Buffer {
  const declared = ' encoding="ISO-8859-1"'
  return bytes.includes(declared) ? Buffer.from(bytes.toString('latin1').replace(declared, '')) : bytes
}

/** Elements of this name, those inside another one of it left out. */
function outermost(element: XmlTreeElement, name: string): XmlTreeElement[] {
  if (element.name === name) return [element]
  return element.children.flatMap(child => (child.kind === 'element' ? outermost(child, name) : []))
}

function canonicalForm(one: Case): Buffer {
  const tree = treeOf(read(one.input))
  const method = methodOf(one)
  const nodeSet = one.node_set === undefined ? undefined : nodeSetOf(one.node_set)
  if (!nodeSet) return canonicalBytes({ of: tree }, method)
  const [without] = nodeSet.without === undefined ? [] : outermost(tree.root, nodeSet.without)
  const apexes = nodeSet.apexes.flatMap(name => outermost(tree.root, name))
  return Buffer.concat(apexes.map(of => canonicalBytes({ of, without }, method)))
}

const inside = cases.filter(one => leftOutBecause(one) === undefined)

describe('canonical forms as published', () => {
  it.each(inside)('$method of $input, $node_set', one => {
    expect(canonicalForm(one).toString()).toBe(read(one.expected).toString())
    expect(canonicalForm(one)).toEqual(read(one.expected))
  })

  itWithShared(...folder)('leave out no case without one of the known reasons', () => {
    const counts: Record<string, number> = {}
    for (const one of cases) {
      const reason = leftOutBecause(one) ?? 'run'
      counts[reason] = (counts[reason] ?? 0) + 1
    }
    process.stdout.write(`canonical forms: ${JSON.stringify(counts)}\n`)

    expect(counts).toEqual({ run: 41, DOCTYPE: 20, 'node set that is no whole subtree': 25, 'with comments': 7 })
  })
})

itWithShared(...folder)('removes dot segments as C14N 1.1, appendix A does', () => {
  const lines = (name: string) => read(`w3c-c14n11/appendixa/${name}`).toString().split('\n')

  expect(lines('inputs.txt').map(removeDotSegments)).toEqual(lines('outputs.txt'))
})
