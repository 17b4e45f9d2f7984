import { below, chance, pick, type Random } from '../random.ts'
import { prefixes } from './pools/namespaces.ts'
import type { ElementNode } from './tree.ts'

/** Namespaces by prefix; '' is the default. */
export type Scope = ReadonlyMap<string, string>

/** An element with prefixes: how its name, its attributes and its declarations are spelled. */
export interface DressedElement {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly declarations: readonly (readonly [name: string, value: string])[]
  readonly scope: Scope
}

/**
 * Chooses prefixes so that the element means what it says: ones in scope, or declared here for the purpose. With
 * `oddness` (0–1) it declares what is not needed, again, or anew for a prefix that nothing here uses.
 */
export function dress(random: Random, node: ElementNode, scope: Scope, oddness: number): DressedElement {
  const wardrobe = new Wardrobe(random, scope, oddness)
  const name = qualified(wardrobe.prefixFor(node.namespace, true), node.name)
  const attributes = node.attributes.map(attribute => {
    const prefix = attribute.namespace === '' ? '' : wardrobe.prefixFor(attribute.namespace, false)
    return [qualified(prefix, attribute.name), attribute.value] as const
  })
  wardrobe.declareIdly()
  const declarations = [...wardrobe.declared].map(
    ([prefix, namespace]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, namespace] as const,
  )
  return { name, attributes, declarations, scope: new Map([...scope, ...wardrobe.declared]) }
}

class Wardrobe {
  readonly declared = new Map<string, string>()
  readonly #used = new Set<string>()
  readonly #random: Random
  readonly #scope: Scope
  readonly #oddness: number

  constructor(random: Random, scope: Scope, oddness: number) {
    this.#random = random
    this.#scope = scope
    this.#oddness = oddness
  }

  /** Attributes cannot use the default namespace. */
  prefixFor(namespace: string, mayBeDefault: boolean): string {
    const prefix = namespace === '' ? '' : this.#choose(namespace, mayBeDefault)
    this.#used.add(prefix)
    if ((this.#bound(prefix) ?? '') !== namespace) this.declared.set(prefix, namespace)
    return prefix
  }

  declareIdly(): void {
    while (chance(this.#random, this.#oddness)) {
      const prefix = pick(this.#random, ['', ...prefixes, ...this.#scope.keys()])
      const bound = this.#bound(prefix) ?? ''
      const others = ['urn:b', bound === '' ? 'urn:a' : bound, prefix === '' ? '' : 'urn:c']
      this.declared.set(prefix, this.#used.has(prefix) ? bound : pick(this.#random, others))
    }
  }

  #choose(namespace: string, mayBeDefault: boolean): string {
    const fits = [...new Set([...this.#scope.keys(), ...this.declared.keys()])].filter(
      prefix => this.#bound(prefix) === namespace && (mayBeDefault || prefix !== ''),
    )
    const first = fits[below(this.#random, fits.length)]
    if (first !== undefined && !chance(this.#random, this.#oddness)) return first
    return pick(
      this.#random,
      (mayBeDefault ? ['', '', '', ...prefixes] : prefixes).filter(
        prefix => !this.#used.has(prefix) && !this.declared.has(prefix),
      ),
    )
  }

  #bound(prefix: string): string | undefined {
    return this.declared.get(prefix) ?? this.#scope.get(prefix)
  }
}

function qualified(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`
}
