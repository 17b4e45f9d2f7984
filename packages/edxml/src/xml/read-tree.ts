import type { XmlFault } from './fault.ts'
import type { XmlLimits } from './limits.ts'
import { XmlScanner } from './scanner.ts'
import type { XmlComment, XmlInstruction, XmlNode, XmlText, XmlTree, XmlTreeElement } from './tree.ts'

const mebibyte = 1024 * 1024

/** Limits for a document that is held as a tree. */
export const treeLimits: XmlLimits = {
  maxBytes: 64 * mebibyte,
  maxKeptBytes: 128 * mebibyte,
  maxDepth: 64,
  maxElements: 150_000,
  maxAttributes: 64,
  maxTagBytes: 64 * 1024,
}

interface OpenElement extends XmlTreeElement {
  readonly children: XmlNode[]
}

/**
 * Reads a whole document into a tree: for signed XML that is small. Envelopes are never read this way. DOCTYPE is refused,
 * comments and processing instructions are kept.
 *
 * @returns the tree, or why there is none
 */
export function readXmlTree(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): XmlTree | XmlFault {
  const prolog: (XmlComment | XmlInstruction)[] = []
  const epilog: (XmlComment | XmlInstruction)[] = []
  let root: XmlTreeElement | undefined
  let current: OpenElement | undefined

  const add = (node: XmlComment | XmlInstruction) => {
    if (current !== undefined) current.children.push(node)
    else (root === undefined ? prolog : epilog).push(node)
  }
  const scanner = new XmlScanner(
    { ...treeLimits, ...limits },
    {
      startElement: ({ prefix, local: name }, namespace, attributes, declarations) => {
        const parent = current
        const element: OpenElement = {
          kind: 'element',
          parent,
          prefix,
          namespace,
          name,
          declarations,
          attributes,
          children: [],
        }
        current?.children.push(element)
        root ??= element
        current = element
        return undefined
      },
      endElement: () => {
        current = current?.parent as OpenElement | undefined
      },
      text: from => {
        const raw = scanner.arena.latin1(from, scanner.arena.length)
        scanner.arena.cut(from)
        if (current !== undefined) addText(current.children, raw)
      },
      comment: () => add({ kind: 'comment' }),
      instruction: (target, raw) => add({ kind: 'instruction', target, raw }),
    },
    { leadingWhiteSpace: true, relativeNamespaces: true },
  )
  scanner.write(bytes)
  scanner.end()
  const [fault] = scanner.faults
  if (fault !== undefined) return fault
  if (root === undefined) throw new Error('a document without a root element was let through')
  return { root, prolog, epilog }
}

function addText(children: XmlNode[], raw: string): void {
  const last = children.at(-1)
  if (last?.kind === 'text') children[children.length - 1] = { kind: 'text', raw: last.raw + raw }
  else children.push({ kind: 'text', raw } satisfies XmlText)
}
