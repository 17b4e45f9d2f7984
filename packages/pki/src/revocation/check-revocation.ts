import { type Fault, signatureFault } from '../algorithms.ts'
import type { Search } from '../path/search.ts'
import { issuerKey, issuerNameKey } from '../trust.ts'
import type { Certificate, Crl, PathCheck, RevokedEntry } from '../types.ts'
import { crlFit, lastUse } from './crl-fit.ts'

export interface RevocationFindings {
  readonly checks: readonly PathCheck[]
  readonly crls: readonly Crl[]
  readonly fault?: Fault
}

type Status =
  | { readonly is: 'good'; readonly crl: Crl }
  | { readonly is: 'revoked'; readonly crl: Crl; readonly entry: RevokedEntry }
  | { readonly is: 'stale' | 'unavailable'; readonly detail: string }

interface Finding {
  readonly certificate: Certificate
  readonly isLeaf: boolean
  readonly status: Status
}

/**
 * Checks every certificate of the path but the anchor against the lists at hand (V39 to V41, V46). A certain
 * refusal goes before missing data, whatever the order in the path.
 */
export function checkRevocation(path: readonly Certificate[], search: Search): RevocationFindings {
  const findings = path.slice(0, -1).map((certificate, index) => {
    const issuer = path[index + 1] ?? certificate
    return { certificate, isLeaf: index === 0, status: statusOf(certificate, issuer, path, search) }
  })
  const faults = findings.map(faultOf)
  const checks = findings.map((finding, index) => checkOf(finding, faults[index]))
  const crls = new Set(findings.flatMap(({ status }) => ('crl' in status ? [status.crl] : [])))
  const revoked = faults.findLast(fault => fault?.code === 'CA_REVOKED' || fault?.code === 'CERTIFICATE_REVOKED')
  return { checks, crls: [...crls], fault: revoked ?? faults.findLast(fault => fault !== undefined) }
}

function statusOf(certificate: Certificate, issuer: Certificate, path: readonly Certificate[], search: Search): Status {
  const keys = [issuerKey(certificate), issuerNameKey(certificate.issuer)]
  const lists = new Set(keys.flatMap(key => search.trust.crls(key)))
  let best: Status = { is: 'unavailable', detail: `no revocation list of ${certificate.issuer.text}` }
  for (const crl of lists) {
    const unfit = crlFit(crl, certificate) ?? signerFault(crl, issuer, path, search)
    if (unfit !== undefined) {
      if (best.is === 'unavailable') best = { is: 'unavailable', detail: unfit }
      continue
    }
    const status = readStatus(crl, certificate, search.at)
    if (status.is === 'revoked') return status
    if (status.is === 'good' || best.is === 'unavailable') best = status
  }
  return best
}

function readStatus(crl: Crl, certificate: Certificate, at: Date): Status {
  const until = lastUse(crl)
  if (at < crl.thisUpdate || at > until) {
    const detail = `list of ${crl.issuer.text} counts from ${crl.thisUpdate.toISOString()} to ${until.toISOString()}`
    return { is: 'stale', detail: `${detail}, judged at ${at.toISOString()}` }
  }
  const entry = crl.find(certificate.serial)
  return entry && counts(entry, at) ? { is: 'revoked', crl, entry } : { is: 'good', crl }
}

/** Revoked later than the judged time does not undo a signature, unless the key itself was lost (V46). */
function counts({ at: revokedAt, reason }: RevokedEntry, at: Date): boolean {
  return revokedAt <= at || reason === 'keyCompromise' || reason === 'cACompromise'
}

/** Why the list is not known to be signed by the certificate's issuer; undefined when it is. */
function signerFault(crl: Crl, issuer: Certificate, path: readonly Certificate[], search: Search): string | undefined {
  const byIssuer = ownSignatureFault(crl, issuer, search)
  if (byIssuer === undefined) return undefined
  const others = [...search.trust.anchors.map(anchor => anchor.certificate), ...search.intermediates].filter(
    other => other.subject.key === crl.issuer.key && other.sha256 !== issuer.sha256,
  )
  const found = others.some(signer => isTrustedSigner(crl, signer, path, search))
  return found ? undefined : byIssuer
}

/** A list signed by another key of the same authority (RFC 5280 section 6.3.3, step f): under the same anchor. */
function isTrustedSigner(crl: Crl, signer: Certificate, path: readonly Certificate[], search: Search): boolean {
  if (search.openSigners.has(signer.sha256)) return false
  if (ownSignatureFault(crl, signer, search) !== undefined) return false
  const anchor = path[path.length - 1]
  if (anchor?.sha256 === signer.sha256) return true
  const openSigners = new Set([...search.openSigners, signer.sha256])
  const result = search.validateSigner(signer, { ...search, openSigners })
  return result.verdict === 'VALID' && result.path[result.path.length - 1]?.sha256 === anchor?.sha256
}

/** Signatures found good: a list and a certificate never change, so neither does the answer. */
const signedBy = new WeakMap<Crl, Set<string>>()

function ownSignatureFault(crl: Crl, signer: Certificate, { budget }: Search): string | undefined {
  if (signer.keyUsage && !signer.keyUsage.has('cRLSign')) {
    return `list of ${crl.issuer.text}: ${signer.subject.text} may not sign lists`
  }
  const known = signedBy.get(crl)
  if (known?.has(signer.sha256)) return undefined
  if (!budget.take()) return 'too many signatures to check'
  const fault = signatureFault(crl.signature, signer)
  if (fault) return `list of ${crl.issuer.text}: ${fault.detail}`
  signedBy.set(crl, new Set([...(known ?? []), signer.sha256]))
  return undefined
}

function faultOf({ certificate, isLeaf, status }: Finding): Fault | undefined {
  switch (status.is) {
    case 'good':
      return undefined
    case 'revoked': {
      const { at, reason } = status.entry
      const detail = `${certificate.subject.text} was revoked at ${at.toISOString()}, reason ${reason}`
      return { code: isLeaf ? 'CERTIFICATE_REVOKED' : 'CA_REVOKED', rule: 'V40', detail }
    }
    case 'stale':
      return { code: 'REVOCATION_STALE', rule: 'V41', detail: status.detail }
    case 'unavailable':
      return { code: 'REVOCATION_UNAVAILABLE', rule: 'V39', detail: status.detail }
  }
}

function checkOf({ certificate }: Finding, fault: Fault | undefined): PathCheck {
  const detail = fault?.detail ?? `not revoked: ${certificate.subject.text}`
  return { rule: fault?.rule ?? 'V40', passed: fault === undefined, detail }
}
