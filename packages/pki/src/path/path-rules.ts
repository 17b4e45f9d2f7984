import { algorithmsOf, algorithmsOfKey } from '../algorithm-ends.ts'
import { type Fault, keyFault, outdatedKeyFault } from '../algorithms.ts'
import { judge, type Rule } from '../judge.ts'
import type { Anchor, Certificate, PathCheck } from '../types.ts'
import { anchorFault } from './anchor-rules.ts'
import { type NameLimits, nameConstraintFault, narrow, noNameLimits } from './name-constraints.ts'
import { acceptedPolicies } from './policy-graph.ts'
import {
  enterCertificate,
  leafPolicyFault,
  leaveCertificate,
  type PolicyWalk,
  policyFault,
  startPolicies,
} from './policy-walk.ts'
import type { Search } from './search.ts'
import { isSelfIssued } from './self-issued.ts'
import { authorityPurposeFault, leafPurposeFault, leafUsageFault } from './usage-rules.ts'
import { validityFault } from './validity.ts'

/** What one path gives before revocation: the rules applied, and the one that failed. */
export interface PathFindings {
  readonly checks: readonly PathCheck[]
  readonly fault?: Fault
  /** Policies the path is valid for. */
  readonly policies: readonly string[]
}

/** What is known on the way down when a certificate is reached. */
interface Walk {
  /** Authorities that may still follow, self-issued ones not counted. */
  readonly authoritiesLeft: number
  readonly names: NameLimits
  readonly policies: PolicyWalk
}

interface Step extends Walk {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly isLeaf: boolean
  readonly search: Search
}

/** In order of application, for each certificate from the one below the anchor down. */
const rules: readonly Rule<Step>[] = [
  ['V38', 'encoding', ({ certificate, search }) => encodingFault(certificate, search)],
  ['V26', 'signature by the issuer', ({ certificate, issuer, search }) => search.budget.signature(certificate, issuer)],
  ['V21', 'algorithms that still count', endedAlgorithmFault],
  ['V27', 'validity at the judged time', ({ certificate, search }) => validityFault(certificate, search.at)],
  ['V29', 'authority and path length', authorityFault],
  ['V30', 'key usage of the authority', authorityUsageFault],
  ['V31', 'critical extensions', ({ certificate }) => first(certificate.unknownCritical, 'V31', 'critical-extension')],
  ['V32', 'name constraints', nameFault],
  ['V33', 'policies', policyRule],
  [
    'V17',
    'key of the signer',
    ({ certificate, isLeaf, search }) => (isLeaf ? signerKeyFault(certificate, search) : undefined),
  ],
  [
    'V34',
    'key usage',
    ({ certificate, isLeaf, search }) => (isLeaf ? leafUsageFault(certificate, search.purpose) : undefined),
  ],
  [
    'V35',
    'purpose',
    ({ certificate, isLeaf, search }) =>
      (isLeaf ? leafPurposeFault : authorityPurposeFault)(certificate, search.purpose),
  ],
]

/**
 * Applies RFC 5280 section 6.1 to one path, without revocation. Names chain already: the path was built by them.
 *
 * @param path leaf first, anchor last
 */
export function applyPathRules(path: readonly Certificate[], anchor: Anchor, search: Search): PathFindings {
  const untrusted = anchorFault(anchor, path, search.at)
  const checks = [checkOf('V25', `trust anchor: ${anchor.certificate.subject.text}`, untrusted)]
  if (untrusted) return { checks, fault: untrusted, policies: [] }

  let walk = startWalk(anchor, path, search)
  for (const [index, certificate] of [...path.entries()].reverse().slice(1)) {
    const isLeaf = index === 0
    const issuer = path[index + 1] ?? anchor.certificate
    if (!search.budget.take(policySteps(certificate))) return { checks, fault: tooManySteps, policies: [] }
    const policies = enterCertificate(walk.policies, certificate, isLeaf)
    const { checks: applied, fault } = judge(rules, { ...walk, policies, certificate, issuer, isLeaf, search })
    checks.push(...applied.map(check => (check.passed ? withSubject(check, certificate) : check)))
    if (fault) return { checks, fault, policies: [] }
    walk = isLeaf ? { ...walk, policies } : below({ ...walk, policies }, certificate)
  }
  return { checks, policies: acceptedPolicies(walk.policies.graph, search.policy.initial) }
}

const tooManySteps: Fault = { code: 'PATH_NOT_FOUND', rule: 'V36', detail: 'too many policies to follow' }

function policySteps({ policies, policyMappings = [] }: Certificate): number {
  return (policies?.ids.length ?? 0) + policyMappings.length
}

/** What is certain of a certificate whatever path there is, such as that it has expired. */
export function leafFault(certificate: Certificate, search: Search): Fault | undefined {
  const { at, purpose } = search
  return (
    encodingFault(certificate, search) ??
    validityFault(certificate, at) ??
    first(certificate.unknownCritical, 'V31', 'critical-extension') ??
    signerKeyFault(certificate, search) ??
    leafUsageFault(certificate, purpose) ??
    leafPurposeFault(certificate, purpose)
  )
}

/** What is certain of an authority whatever lies above and below it. */
export function authorityOwnFault(certificate: Certificate, search: Search): Fault | undefined {
  const { at, purpose } = search
  return (
    encodingFault(certificate, search) ??
    validityFault(certificate, at) ??
    noAuthorityFault(certificate) ??
    authoritySigningFault(certificate) ??
    first(certificate.unknownCritical, 'V31', 'critical-extension') ??
    authorityPurposeFault(certificate, purpose)
  )
}

function encodingFault({ encodingFaults }: Certificate, { outdated }: Search): Fault | undefined {
  return outdated ? undefined : first(encodingFaults, 'V38', 'encoding')
}

function signerKeyFault(certificate: Certificate, { outdated }: Search): Fault | undefined {
  return outdated ? outdatedKeyFault(certificate) : keyFault(certificate)
}

function startWalk(
  { certificate, permittedNames = [], excludedNames = [] }: Anchor,
  path: readonly Certificate[],
  search: Search,
): Walk {
  const configured = { permitted: permittedNames, excluded: excludedNames }
  return {
    authoritiesLeft: certificate.basicConstraints?.pathLength ?? path.length,
    names: narrow(narrow(noNameLimits, configured), certificate.nameConstraints),
    policies: startPolicies(search.policy, path.length - 1, certificate),
  }
}

/** RFC 5280 section 6.1.4: what holds for the certificates below this authority. */
function below({ authoritiesLeft, names, policies }: Walk, authority: Certificate): Walk {
  const left = authoritiesLeft - (isSelfIssued(authority) ? 0 : 1)
  return {
    authoritiesLeft: Math.min(left, authority.basicConstraints?.pathLength ?? left),
    names: narrow(names, authority.nameConstraints),
    policies: leaveCertificate(policies, authority),
  }
}

/** Of the signature by the issuer, and of the leaf's own key; other keys show in what they sign. */
function endedAlgorithmFault({ certificate, issuer, isLeaf, search }: Step): Fault | undefined {
  const own = isLeaf ? algorithmsOfKey(certificate) : []
  return search.algorithms.fault([...algorithmsOf(certificate.signature.algorithm, issuer), ...own])
}

function authorityFault({ certificate, isLeaf, authoritiesLeft }: Step): Fault | undefined {
  if (isLeaf) return signsWithoutBeing(certificate)
  if (authoritiesLeft <= 0 && !isSelfIssued(certificate)) {
    return invalid('V29', `path-length: ${certificate.subject.text} is one authority more than allowed`)
  }
  return noAuthorityFault(certificate)
}

function noAuthorityFault({ version, basicConstraints, subject }: Certificate): Fault | undefined {
  if (version === 3 && basicConstraints?.ca) return undefined
  return invalid('V29', `ca: ${subject.text} is no certificate authority`)
}

/** RFC 5280 section 4.2.1.9: without cA nobody states that a key signs certificates. */
function signsWithoutBeing({ basicConstraints, keyUsage, subject }: Certificate): Fault | undefined {
  if (basicConstraints?.ca || !keyUsage?.has('keyCertSign')) return undefined
  return invalid('V29', `ca: ${subject.text} may sign certificates and is no certificate authority`)
}

function authorityUsageFault({ certificate, isLeaf }: Step): Fault | undefined {
  return isLeaf ? undefined : authoritySigningFault(certificate)
}

function authoritySigningFault({ keyUsage, subject }: Certificate): Fault | undefined {
  if (!keyUsage || keyUsage.has('keyCertSign')) return undefined
  return invalid('V30', `key-usage: ${subject.text} may not sign certificates`)
}

function nameFault({ certificate, isLeaf, names, search }: Step): Fault | undefined {
  if (!isLeaf && isSelfIssued(certificate)) return undefined
  const fault = nameConstraintFault(names, certificate, search.budget.take)
  return fault === undefined ? undefined : invalid('V32', `name-constraint: ${certificate.subject.text}: ${fault}`)
}

function policyRule({ certificate, isLeaf, policies, search }: Step): Fault | undefined {
  return (
    policyFault(policies, certificate) ?? (isLeaf ? leafPolicyFault(policies, certificate, search.policy) : undefined)
  )
}

function checkOf(rule: string, applied: string, fault: Fault | undefined): PathCheck {
  return { rule: fault?.rule ?? rule, passed: fault === undefined, detail: fault?.detail ?? applied }
}

function withSubject({ rule, passed, detail }: PathCheck, { subject }: Certificate): PathCheck {
  return { rule, passed, detail: `${detail}: ${subject.text}` }
}

function first(faults: readonly string[], rule: string, kind: string): Fault | undefined {
  const [fault] = faults
  return fault === undefined ? undefined : invalid(rule, `${kind}: ${fault}`)
}

function invalid(rule: string, detail: string): Fault {
  return { code: 'PATH_INVALID', rule, detail }
}
