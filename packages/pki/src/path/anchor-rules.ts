import type { Fault } from '../algorithms.ts'
import type { Anchor, Certificate } from '../types.ts'
import { validityFault } from './validity.ts'

/**
 * What the anchor itself must hold: V25, RFC 5937. Its encoding is not judged: somebody chose to trust it as it is. But
 * what its certificate says it cannot do, it cannot do.
 */
export function anchorFault(anchor: Anchor, path: readonly Certificate[], at: Date): Fault | undefined {
  const { certificate } = anchor
  const expired = validityFault({ subject: certificate.subject, ...anchorLife(anchor) }, at)
  if (expired) return { ...expired, rule: 'V25' }
  const [unknown] = certificate.unknownCritical
  if (unknown !== undefined) return refused(`critical-extension: ${unknown} of the anchor is not understood`)
  // A certificate that is trusted itself need be no authority.
  if (path[0]?.sha256 === certificate.sha256) return undefined
  if (certificate.basicConstraints?.ca === false) return refused('ca: the anchor is no certificate authority')
  if (!certificate.keyUsage || certificate.keyUsage.has('keyCertSign')) return undefined
  return refused('key-usage: the anchor may not sign certificates')
}

/** The time in which both the certificate and whoever configured it say that it counts. */
export function anchorLife({ certificate, validFrom, validTo }: Anchor): { notBefore: Date; notAfter: Date } {
  const { notBefore, notAfter } = certificate
  return {
    notBefore: validFrom && validFrom > notBefore ? validFrom : notBefore,
    notAfter: validTo && validTo < notAfter ? validTo : notAfter,
  }
}

function refused(detail: string): Fault {
  return { code: 'PATH_INVALID', rule: 'V25', detail }
}
