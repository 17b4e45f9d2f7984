import { type DerReader, enterWhole, readBoolean, tag } from './der.ts'
import { allReasons, readPointName, readReasons } from './distribution-points.ts'
import type { CrlScope } from './types.ts'

/** IssuingDistributionPoint (RFC 5280 section 5.2.5); a list without one speaks of everything its issuer issued. */
export function readScope(value: Buffer | undefined): Omit<CrlScope, 'delta'> {
  if (!value) return wholeScope
  const reader = enterWhole(value, tag.sequence)
  const point = reader.optional(0xa0)
  const onlyUserCertificates = flag(reader, 0x81)
  const onlyCaCertificates = flag(reader, 0x82)
  const reasons = reader.optional(0x83)
  const indirect = flag(reader, 0x84)
  const onlyAttributeCertificates = flag(reader, 0x85)
  reader.finish()
  return {
    text: value.toString('hex'),
    ...(point && { point: readPointName(point) }),
    onlyUserCertificates,
    onlyCaCertificates,
    reasons: reasons ? readReasons(reasons) : allReasons,
    indirect,
    onlyAttributeCertificates,
  }
}

const wholeScope: Omit<CrlScope, 'delta'> = {
  text: '',
  onlyUserCertificates: false,
  onlyCaCertificates: false,
  reasons: allReasons,
  indirect: false,
  onlyAttributeCertificates: false,
}

function flag(reader: DerReader, expected: number): boolean {
  const element = reader.optional(expected)
  return element !== undefined && readBoolean(element.content)
}
