import { isCritical, oid } from './extensions.ts'
import type { Certificate } from './types.ts'

interface Content
  extends Pick<
    Certificate,
    'subject' | 'issuer' | 'extensions' | 'basicConstraints' | 'alternativeNames' | 'nameConstraints' | 'policies'
  > {
  /** Content of the INTEGER. */
  readonly serial: Buffer
}

/** What is readable and yet against RFC 5280 section 4 (V38), in words; empty when nothing is. */
export function encodingFaults(content: Content): string[] {
  return [
    ...serialFaults(content.serial),
    ...repeated(content.extensions.map(({ id }) => id)).map(id => `extension ${id} twice`),
    ...repeated(content.policies?.ids ?? []).map(id => `policy ${id} twice`),
    ...nameFaults(content),
    ...authorityFaults(content),
  ]
}

function serialFaults(content: Buffer): string[] {
  if ((content[0] ?? 0) >= 0x80) return ['serial number below 0']
  if (content.length === 1 && content[0] === 0) return ['serial number 0']
  return content.length > 20 ? [`serial number of ${content.length} octets`] : []
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>()
  return ids.filter(id => seen.size === seen.add(id).size)
}

/** Sections 4.1.2.4, 4.1.2.6 and 4.2.1.6: nobody issues nothing, and whoever has no name has critical other ones. */
function nameFaults({ issuer, subject, basicConstraints, alternativeNames, extensions }: Content): string[] {
  if (issuer.rdns.length === 0) return ['issuer without a name']
  const hasNames = extensions.some(({ id }) => id === oid.alternativeName)
  if (hasNames && alternativeNames.length === 0) return ['a list of alternative names without one']
  if (subject.rdns.length > 0) return []
  if (basicConstraints?.ca) return ['authority without a name']
  if (alternativeNames.length > 0 && isCritical(extensions, oid.alternativeName)) return []
  return ['neither a subject nor critical alternative names']
}

/** Sections 4.2.1.9 and 4.2.1.10: limits that only an authority can set. */
function authorityFaults({ basicConstraints, nameConstraints }: Content): string[] {
  if (basicConstraints?.ca) return []
  if (basicConstraints?.pathLength !== undefined) return ['path length of one that is no authority']
  return nameConstraints ? ['name constraints of one that is no authority'] : []
}
