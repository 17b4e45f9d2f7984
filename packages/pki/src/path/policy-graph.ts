import { anyPolicy } from '../policy-extensions.ts'
import type { PolicyMapping } from '../types.ts'

/** A policy of one certificate, in the terms of its issuer. */
interface Node {
  readonly policy: string
  /** What it is called in the certificates below. */
  readonly expected: ReadonlySet<string>
  /** Nodes of the certificate above that lead here. */
  readonly parents: readonly Node[]
}

/** Nodes of one certificate by their policy. */
type Level = ReadonlyMap<string, Node>

/**
 * The policies a path is valid for, as far as it was followed: the lowest level of the graph of RFC 9618 section 5.
 * A policy stands once in a level whatever number of ways lead to it, so the graph grows with what the certificates
 * state and not with the ways through it, as the tree of RFC 5280 section 6.1.2 does.
 *
 * Undefined stands for the graph that is NULL: no policy is left.
 */
export type PolicyGraph = Level | undefined

export const initialGraph: PolicyGraph = new Map([[anyPolicy, node(anyPolicy, [])]])

function node(policy: string, parents: readonly Node[], expected: Iterable<string> = [policy]): Node {
  return { policy, expected: new Set(expected), parents }
}

/**
 * The policies of the next certificate below (RFC 5280 section 6.1.3 (d) and (e)).
 *
 * @param policies those the certificate states; undefined when it states none
 * @param anyCounts whether any-policy among them counts
 */
export function descend(graph: PolicyGraph, policies: readonly string[] | undefined, anyCounts: boolean): PolicyGraph {
  if (!graph || !policies) return undefined
  const expecting = nodesByExpectation(graph)
  const level = new Map<string, Node>()
  const wild = graph.get(anyPolicy)
  for (const policy of policies) {
    if (policy === anyPolicy) continue
    const parents = expecting.get(policy) ?? (wild ? [wild] : [])
    if (parents.length > 0) level.set(policy, node(policy, parents))
  }
  if (anyCounts && policies.includes(anyPolicy)) {
    for (const [policy, parents] of expecting) {
      if (!level.has(policy)) level.set(policy, node(policy, parents))
    }
  }
  return level.size > 0 ? level : undefined
}

function nodesByExpectation(level: Level): Map<string, Node[]> {
  const expecting = new Map<string, Node[]>()
  for (const one of level.values()) {
    for (const policy of one.expected) {
      const known = expecting.get(policy)
      if (known) known.push(one)
      else expecting.set(policy, [one])
    }
  }
  return expecting
}

/** Renames policies for the certificates below (RFC 5280 section 6.1.4 (b)); inhibited mappings drop what they map. */
export function map(graph: PolicyGraph, mappings: readonly PolicyMapping[], isAllowed: boolean): PolicyGraph {
  if (!graph) return undefined
  const level = new Map(graph)
  const wild = graph.get(anyPolicy)
  for (const [policy, targets] of targetsByIssuerPolicy(mappings)) {
    const mapped = level.get(policy)
    if (!isAllowed) level.delete(policy)
    else if (mapped) level.set(policy, node(policy, mapped.parents, targets))
    else if (wild) level.set(policy, node(policy, wild.parents, targets))
  }
  return level.size > 0 ? level : undefined
}

function targetsByIssuerPolicy(mappings: readonly PolicyMapping[]): Map<string, Set<string>> {
  const targets = new Map<string, Set<string>>()
  for (const { issuer, subject } of mappings) targets.set(issuer, (targets.get(issuer) ?? new Set()).add(subject))
  return targets
}

/**
 * The policies the path is valid for, in the terms of the anchor, among those that are acceptable (RFC 9618 section
 * 5.5): what is left of the nodes right below any-policy, and any-policy itself where it reaches the end.
 */
export function acceptedPolicies(graph: PolicyGraph, acceptable: readonly string[]): string[] {
  if (!graph) return []
  const authorities = authorityPolicies(graph)
  if (acceptable.includes(anyPolicy)) return [...authorities]
  return [...new Set(acceptable)].filter(policy => authorities.has(policy) || authorities.has(anyPolicy))
}

function authorityPolicies(graph: Level): Set<string> {
  const found = new Set<string>()
  const seen = new Set<Node>(graph.values())
  for (const one of seen) {
    const isTop = one.parents.some(({ policy }) => policy === anyPolicy)
    if (isTop && one.policy !== anyPolicy) found.add(one.policy)
    // A node made by any-policy alone hangs below nothing else.
    for (const parent of one.parents) seen.add(parent)
  }
  if (graph.has(anyPolicy)) found.add(anyPolicy)
  return found
}
