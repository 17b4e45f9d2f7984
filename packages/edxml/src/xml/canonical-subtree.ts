import { ownRuns, type XmlElement } from './element.ts'

/** Name spaces that output ancestors have rendered, by prefix. */
type Rendered = ReadonlyMap<string, string>

/**
 * Exclusive XML Canonicalization 1.0 (RFC 3741) of one element of a canonical packet, as if it stood alone: name spaces
 * that it visibly uses are declared again, though an ancestor outside declares them.
 *
 * @param latin1 the canonical packet, one character per byte
 */
export function canonicalSubtree(latin1: string, apex: XmlElement): Buffer {
  const out: string[] = []
  render(latin1, apex, new Map(), out)
  return Buffer.from(out.join(''), 'latin1')
}

function render(latin1: string, element: XmlElement, above: Rendered, out: string[]): void {
  const declarations = missingDeclarations(element, above)
  const rendered = declarations.length === 0 ? above : new Map([...above, ...declarations])
  const tag = qualified(element.prefix, element.name)

  out.push('<', tag)
  for (const [prefix, namespace] of declarations) {
    out.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, namespace, '"')
  }
  for (const { prefix, name, rawValue } of element.attributes) out.push(` ${qualified(prefix, name)}="`, rawValue, '"')
  out.push('>')
  const runs = ownRuns(latin1, element)
  element.children.forEach((child, index) => {
    out.push(runs[index] ?? '')
    render(latin1, child, rendered, out)
  })
  out.push(runs.at(-1) ?? '', '</', tag, '>')
}

/** What the element and its attributes visibly use and no output ancestor says, sorted by prefix (RFC 3741, 3). */
function missingDeclarations(element: XmlElement, above: Rendered): [prefix: string, namespace: string][] {
  const used = new Map([[element.prefix, element.namespace]])
  for (const { prefix, namespace } of element.attributes) if (prefix !== '') used.set(prefix, namespace)
  used.delete('xml')
  return [...used]
    .filter(([prefix, namespace]) => (above.get(prefix) ?? '') !== namespace)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function qualified(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`
}
