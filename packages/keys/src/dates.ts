import type { Certificate } from '@docaxis/pki'
import { KeyFault } from './key-fault.ts'

/** Why nothing may be signed with this certificate at this time; undefined: it may. */
export function keyDatesFault({ notBefore, notAfter, subject }: Certificate, at: Date): KeyFault | undefined {
  const place = `certificate of ${subject.text}`
  if (at < notBefore) {
    const fix = 'check the clock, or give a certificate that has begun'
    return new KeyFault(place, `not valid before ${notBefore.toISOString()}`, fix)
  }
  if (at > notAfter) {
    return new KeyFault(place, `expired on ${notAfter.toISOString()}`, 'give the hub a new key and certificate')
  }
  return undefined
}
