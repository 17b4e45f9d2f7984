import { type Fault, keyFault, signatureFault } from '../algorithms.ts'
import type { Certificate, PathCheck, Purpose } from '../types.ts'
import { type NameLimits, nameConstraintFault, narrow, noNameLimits } from './name-constraints.ts'
import { authorityPurposeFault, leafPurposeFault, leafUsageFault } from './usage-rules.ts'

/** What one path gives before revocation: the rules applied, and the one that failed. */
export interface PathFindings {
  readonly checks: readonly PathCheck[]
  readonly fault?: Fault
}

interface Step {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** Certificates between this one and the leaf that are not self-issued, the leaf not counted. */
  readonly below: number
  readonly isLeaf: boolean
  readonly limits: NameLimits
  readonly at: Date
  readonly purpose: Purpose
  readonly countSignature: () => boolean
}

type Rule = readonly [rule: string, applied: string, check: (step: Step) => Fault | undefined]

/** In order of application, for each certificate from the anchor down. */
const rules: readonly Rule[] = [
  ['V38', 'encoding', ({ certificate }) => first(certificate.encodingFaults, 'V38', 'encoding')],
  ['V26', 'signature by the issuer', checkSignature],
  ['V27', 'validity at the judged time', ({ certificate, at }) => validityFault(certificate, at)],
  ['V29', 'authority and path length', checkAuthority],
  ['V30', 'key usage of the authority', checkAuthorityUsage],
  ['V31', 'critical extensions', ({ certificate }) => first(certificate.unknownCritical, 'V31', 'critical-extension')],
  ['V32', 'name constraints', checkNames],
  ['V17', 'key of the signer', ({ certificate, isLeaf }) => (isLeaf ? keyFault(certificate) : undefined)],
  [
    'V34',
    'key usage',
    ({ certificate, isLeaf, purpose }) => (isLeaf ? leafUsageFault(certificate, purpose) : undefined),
  ],
  [
    'V35',
    'purpose',
    ({ certificate, isLeaf, purpose }) => (isLeaf ? leafPurposeFault : authorityPurposeFault)(certificate, purpose),
  ],
]

/**
 * Applies RFC 5280 section 6.1 to one path, without revocation. Names chain already: the path was built by them.
 *
 * @param path leaf first, anchor last
 * @param countSignature called before each signature check; false when the budget is spent
 */
export function applyPathRules(
  path: readonly Certificate[],
  at: Date,
  purpose: Purpose,
  countSignature: () => boolean,
): PathFindings {
  const checks: PathCheck[] = []
  const anchor = path[path.length - 1]
  if (!anchor) return { checks, fault: { code: 'PATH_NOT_FOUND', rule: 'V36', detail: 'empty path' } }
  const expired = validityFault(anchor, at)
  checks.push(checkOf('V25', 'trust anchor', anchor, expired))
  if (expired) return { checks, fault: { ...expired, rule: 'V25' } }

  let limits = narrow(noNameLimits, anchor)
  for (const [index, certificate] of [...path.entries()].reverse().slice(1)) {
    const issuer = path[index + 1] ?? anchor
    const below = path.slice(1, index).filter(between => !isSelfIssued(between)).length
    const step = { certificate, issuer, below, isLeaf: index === 0, limits, at, purpose, countSignature }
    for (const [rule, applied, check] of rules) {
      const fault = check(step)
      checks.push(checkOf(rule, applied, certificate, fault))
      if (fault) return { checks, fault }
    }
    limits = narrow(limits, certificate)
  }
  return { checks }
}

function checkOf(rule: string, applied: string, certificate: Certificate, fault: Fault | undefined): PathCheck {
  const detail = fault?.detail ?? `${applied}: ${certificate.subject.text}`
  return { rule: fault?.rule ?? rule, passed: fault === undefined, detail }
}

function checkSignature({ certificate, issuer, countSignature }: Step): Fault | undefined {
  if (!countSignature()) return { code: 'PATH_NOT_FOUND', rule: 'V36', detail: 'too many signatures to check' }
  return signatureFault(certificate.signature, issuer)
}

function validityFault({ subject, notBefore, notAfter }: Certificate, at: Date): Fault | undefined {
  if (at < notBefore) {
    const detail = `${subject.text} is valid from ${notBefore.toISOString()}, judged at ${at.toISOString()}`
    return { code: 'CERTIFICATE_NOT_YET_VALID', rule: 'V27', detail }
  }
  if (at <= notAfter) return undefined
  const detail = `${subject.text} was valid until ${notAfter.toISOString()}, judged at ${at.toISOString()}`
  return { code: 'CERTIFICATE_EXPIRED', rule: 'V27', detail }
}

function checkAuthority({ certificate, issuer, below, isLeaf }: Step): Fault | undefined {
  // The anchor's own limit counts as well: `below` of the certificate under it, plus that certificate.
  const underIssuer = below + (isLeaf || isSelfIssued(certificate) ? 0 : 1)
  const limit = issuer.basicConstraints?.pathLength
  if (limit !== undefined && underIssuer > limit) {
    return invalid('V29', `path-length: ${underIssuer} authorities below ${issuer.subject.text}, ${limit} allowed`)
  }
  if (isLeaf || (certificate.version === 3 && certificate.basicConstraints?.ca)) return undefined
  return invalid('V29', `ca: ${certificate.subject.text} is no certificate authority`)
}

function checkAuthorityUsage({ certificate, isLeaf }: Step): Fault | undefined {
  if (isLeaf || !certificate.keyUsage || certificate.keyUsage.has('keyCertSign')) return undefined
  return invalid('V30', `key-usage: ${certificate.subject.text} may not sign certificates`)
}

function checkNames({ certificate, isLeaf, limits }: Step): Fault | undefined {
  if (!isLeaf && isSelfIssued(certificate)) return undefined
  const fault = nameConstraintFault(limits, certificate)
  return fault === undefined ? undefined : invalid('V32', `name-constraint: ${certificate.subject.text}: ${fault}`)
}

function first(faults: readonly string[], rule: string, kind: string): Fault | undefined {
  const [fault] = faults
  return fault === undefined ? undefined : invalid(rule, `${kind}: ${fault}`)
}

function invalid(rule: string, detail: string): Fault {
  return { code: 'PATH_INVALID', rule, detail }
}

export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject.key === certificate.issuer.key
}
