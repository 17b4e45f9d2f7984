import { allReasons, pointKeys } from '../distribution-points.ts'
import { directoryNameKey } from '../general-names.ts'
import type { Certificate, Crl, DistributionPoint, ReasonMask } from '../types.ts'

const hourMs = 60 * 60 * 1000

/**
 * The last moment a list counts: its nextUpdate, or a day after it was made (V41).
 *
 * @param maxAgeHours it counts no longer than this, whatever it says itself
 */
export function lastUse({ thisUpdate, nextUpdate }: Crl, maxAgeHours?: number): Date {
  const stated = nextUpdate ?? hoursAfter(thisUpdate, 24)
  if (maxAgeHours === undefined) return stated
  return new Date(Math.min(stated.getTime(), hoursAfter(thisUpdate, maxAgeHours).getTime()))
}

function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * hourMs)
}

export type Fit = { readonly reasons: ReasonMask } | { readonly unfit: string }

/**
 * For which reasons of revocation a list speaks of a certificate (RFC 5280 section 6.3.3 (b) and (d)), or why it does not.
 * Its signature is checked elsewhere.
 */
export function crlFit(crl: Crl, certificate: Certificate): Fit {
  const unfit = unfitScope(crl, certificate)
  if (unfit !== undefined) return { unfit }
  const points = pointsOf(certificate).filter(point => isIssuedFor(crl, certificate, point))
  if (points.length === 0) return { unfit: `list of ${crl.issuer.text}, which is not named to issue it` }
  const names = crl.scope.point && new Set(pointKeys(crl.scope.point, crl.issuer))
  const covered = points.filter(point => !names || isCovered(names, certificate, point))
  if (covered.length === 0) return { unfit: 'list for another distribution point' }
  const reasons = covered.reduce((mask, point) => mask | (point.reasons & crl.scope.reasons), 0)
  return reasons === 0 ? { unfit: 'list for other reasons' } : { reasons }
}

/** Those the certificate names; behind them its issuer itself, which may always issue a list (section 6.3.3, last part). */
function pointsOf({ distributionPoints, issuer }: Certificate): DistributionPoint[] {
  const own = { name: { full: [directoryNameKey(issuer)], uris: [] }, reasons: allReasons }
  return [...distributionPoints, own]
}

function unfitScope({ scope, unknownCritical }: Crl, certificate: Certificate): string | undefined {
  const [unknown] = unknownCritical
  if (unknown !== undefined) return `list with unknown critical extension ${unknown}`
  if (scope.onlyAttributeCertificates) return 'list for attribute certificates only'
  const isAuthority = certificate.basicConstraints?.ca === true
  if (scope.onlyUserCertificates && isAuthority) return 'list for user certificates only'
  if (scope.onlyCaCertificates && !isAuthority) return 'list for authorities only'
  return undefined
}

function isIssuedFor({ issuer, scope }: Crl, certificate: Certificate, { crlIssuers }: DistributionPoint): boolean {
  if (!crlIssuers) return issuer.key === certificate.issuer.key
  return scope.indirect && crlIssuers.some(({ key }) => key === issuer.key)
}

function isCovered(
  names: ReadonlySet<string>,
  certificate: Certificate,
  { name, crlIssuers }: DistributionPoint,
): boolean {
  const wanted = name
    ? pointKeys(name, crlIssuers?.[0] ?? certificate.issuer)
    : (crlIssuers?.map(directoryNameKey) ?? [])
  return wanted.some(key => names.has(key))
}
