/** A document before it is written down: what it says, not how. */
export type Node = ElementNode | TextNode | VerbatimNode

export interface ElementNode {
  readonly kind: 'element'
  /** '' for none. */
  readonly namespace: string
  readonly name: string
  readonly attributes: readonly AttributeNode[]
  readonly children: readonly Node[]
}

export interface AttributeNode {
  readonly namespace: string
  readonly name: string
  readonly value: string
}

export interface TextNode {
  readonly kind: 'text'
  readonly value: string
}

/** Markup that stands as it is: blanks that are filled in later. */
export interface VerbatimNode {
  readonly kind: 'verbatim'
  readonly markup: string
}

/** Makes elements of one namespace; strings are text. */
export function elementsOf(namespace: string) {
  return (name: string, children: readonly (Node | string)[], attributes: Readonly<Record<string, string>> = {}) =>
    ({
      kind: 'element',
      namespace,
      name,
      attributes: Object.entries(attributes).map(([key, value]) => ({ namespace: '', name: key, value })),
      children: children.map(child => (typeof child === 'string' ? { kind: 'text', value: child } : child)),
    }) satisfies ElementNode
}
