import type { Fault } from '../algorithms.ts'
import { isCritical, oid } from '../extensions.ts'
import { anyPolicy } from '../policy-extensions.ts'
import type { Certificate, PolicyQuestion } from '../types.ts'
import { acceptedPolicies, descend, initialGraph, map, type PolicyGraph } from './policy-graph.ts'
import { isSelfIssued } from './self-issued.ts'

/** The policy variables of RFC 5280 section 6.1.2 on the way down one path. */
export interface PolicyWalk {
  readonly graph: PolicyGraph
  /** Certificates, not self-issued, after which a policy is required, mapping ends and any-policy ends. */
  readonly explicit: number
  readonly mapping: number
  readonly any: number
}

export const anyPolicyQuestion: PolicyQuestion = {
  initial: [anyPolicy],
  explicit: false,
  inhibitMapping: false,
  inhibitAny: false,
}

/**
 * @param length certificates of the path, the anchor not counted
 * @param anchor what its certificate says of policies counts as well (RFC 5937)
 */
export function startPolicies(question: PolicyQuestion, length: number, anchor: Certificate): PolicyWalk {
  const counter = (now: boolean) => (now ? 0 : length + 1)
  return constrain(
    {
      graph: anchor.policies ? descend(initialGraph, anchor.policies.ids, true) : initialGraph,
      explicit: counter(question.explicit),
      mapping: counter(question.inhibitMapping),
      any: counter(question.inhibitAny),
    },
    anchor,
  )
}

/** Steps (d) and (e) of RFC 5280 section 6.1.3. */
export function enterCertificate(walk: PolicyWalk, certificate: Certificate, isLeaf: boolean): PolicyWalk {
  const anyCounts = walk.any > 0 || (!isLeaf && isSelfIssued(certificate))
  return { ...walk, graph: descend(walk.graph, certificate.policies?.ids, anyCounts) }
}

/** Steps (a), (b) and (h) to (j) of RFC 5280 section 6.1.4. */
export function leaveCertificate(walk: PolicyWalk, certificate: Certificate): PolicyWalk {
  const mapped = map(walk.graph, certificate.policyMappings ?? [], walk.mapping > 0)
  const step = isSelfIssued(certificate) ? 0 : 1
  const counted = {
    graph: mapped,
    explicit: Math.max(0, walk.explicit - step),
    mapping: Math.max(0, walk.mapping - step),
    any: Math.max(0, walk.any - step),
  }
  return constrain(counted, certificate)
}

function constrain(walk: PolicyWalk, { policyConstraints, inhibitAnyPolicy }: Certificate): PolicyWalk {
  return {
    ...walk,
    explicit: Math.min(walk.explicit, policyConstraints?.requireExplicit ?? walk.explicit),
    mapping: Math.min(walk.mapping, policyConstraints?.inhibitMapping ?? walk.mapping),
    any: Math.min(walk.any, inhibitAnyPolicy ?? walk.any),
  }
}

/** Step (f) of RFC 5280 section 6.1.3 for every certificate, and what it may not state (V33, V31). */
export function policyFault({ graph, explicit }: PolicyWalk, certificate: Certificate): Fault | undefined {
  const { subject, policies, policyMappings = [] } = certificate
  const [qualifier] = policies?.unknownQualifiers ?? []
  if (qualifier !== undefined && isCritical(certificate.extensions, oid.certificatePolicies)) {
    return invalid(`${subject.text} states policy qualifier ${qualifier}, which is not understood`)
  }
  if (policyMappings.some(({ issuer, subject: target }) => issuer === anyPolicy || target === anyPolicy)) {
    return invalid(`${subject.text} maps any-policy`)
  }
  if (graph || explicit > 0) return undefined
  return invalid(`a policy is required, and none is left at ${subject.text}`)
}

/** The wrap-up of RFC 5280 section 6.1.5, at the leaf. */
export function leafPolicyFault(walk: PolicyWalk, leaf: Certificate, { initial }: PolicyQuestion): Fault | undefined {
  const isRequired = walk.explicit <= 1 || leaf.policyConstraints?.requireExplicit === 0
  if (!isRequired || acceptedPolicies(walk.graph, initial).length > 0) return undefined
  return invalid(`a policy is required, and ${leaf.subject.text} has none of ${initial.join(', ')}`)
}

function invalid(detail: string): Fault {
  return { code: 'PATH_INVALID', rule: 'V33', detail: `policy: ${detail}` }
}
