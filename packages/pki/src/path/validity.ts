import type { Fault } from '../algorithms.ts'
import type { Certificate } from '../types.ts'

/** V27; both ends are inclusive (RFC 5280 section 4.1.2.5). */
export function validityFault(
  { subject, notBefore, notAfter }: Pick<Certificate, 'subject' | 'notBefore' | 'notAfter'>,
  at: Date,
): Fault | undefined {
  if (at < notBefore) {
    const detail = `${subject.text} is valid from ${notBefore.toISOString()}, judged at ${at.toISOString()}`
    return { code: 'CERTIFICATE_NOT_YET_VALID', rule: 'V27', detail }
  }
  if (at <= notAfter) return undefined
  const detail = `${subject.text} was valid until ${notAfter.toISOString()}, judged at ${at.toISOString()}`
  return { code: 'CERTIFICATE_EXPIRED', rule: 'V27', detail }
}
