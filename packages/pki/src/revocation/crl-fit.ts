import type { Certificate, Crl } from '../types.ts'

const dayMs = 24 * 60 * 60 * 1000

/** The last moment a list counts: its nextUpdate, or a day after it was made (V41). */
export function lastUse({ thisUpdate, nextUpdate }: Crl): Date {
  return nextUpdate ?? new Date(thisUpdate.getTime() + dayMs)
}

/** Why a list says nothing of a certificate (V31, V40); undefined when it does. Its signature is checked elsewhere. */
export function crlFit(crl: Crl, certificate: Certificate): string | undefined {
  const { scope } = crl
  if (crl.issuer.key !== certificate.issuer.key) {
    return `list of ${crl.issuer.text} for a certificate of ${certificate.issuer.text}`
  }
  const [unknown] = crl.unknownCritical
  if (unknown !== undefined) return `list with unknown critical extension ${unknown}`
  if (scope.delta) return 'delta list without its base'
  if (scope.indirect) return 'indirect list'
  if (scope.onlySomeReasons) return 'list for some reasons only'
  if (scope.onlyAttributeCertificates) return 'list for attribute certificates only'
  const isAuthority = certificate.basicConstraints?.ca === true
  if (scope.onlyUserCertificates && isAuthority) return 'list for user certificates only'
  if (scope.onlyCaCertificates && !isAuthority) return 'list for authorities only'
  const { distributionPoints } = scope
  if (distributionPoints && !distributionPoints.some(point => certificate.distributionPoints.includes(point))) {
    return 'list for another distribution point'
  }
  return undefined
}
