import { DerError, DerReader, type Element, enterWhole, readWhole, tag } from './der.ts'
import { readName } from './name.ts'
import type { GeneralName, Name } from './types.ts'

/** Tags of GeneralName that are told apart here (RFC 5280 section 4.2.1.6). */
export const nameKind = { mail: 1, dns: 2, directoryName: 4, uri: 6, address: 7 } as const

/** `GeneralNames`: at least one. */
export function readGeneralNames(reader: DerReader): GeneralName[] {
  const names = readAlternativeNames(reader)
  if (names.length === 0) throw new DerError('no name where at least one belongs')
  return names
}

/** The names of a certificate's extension; that they are none is a fault of its encoding, yet readable. */
export function readAlternativeNames(reader: DerReader): GeneralName[] {
  const names: GeneralName[] = []
  while (!reader.atEnd) names.push(generalName(reader.next()))
  return names
}

export function readNameConstraints(value: Buffer): { permitted: GeneralName[]; excluded: GeneralName[] } {
  const reader = enterWhole(value, tag.sequence)
  const permitted = reader.optional(0xa0)
  const excluded = reader.optional(0xa1)
  reader.finish()
  if (!permitted && !excluded) throw new DerError('name constraints that say nothing')
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) }
}

function readSubtrees(list: Element | undefined): GeneralName[] {
  if (!list) return []
  const reader = new DerReader(list.content)
  const names: GeneralName[] = []
  while (!reader.atEnd) {
    const subtree = reader.enter(tag.sequence)
    names.push(generalName(subtree.next()))
    // minimum and maximum: RFC 5280 section 4.2.1.10 leaves them at their defaults.
    subtree.finish()
  }
  if (names.length === 0) throw new DerError('no subtree where at least one belongs')
  return names
}

function generalName(element: Element): GeneralName {
  if ((element.tag & 0xc0) !== 0x80) throw new DerError('general name without its tag')
  return { kind: element.tag & 0x1f, content: element.content }
}

/** @throws DerError when the content is no name */
export function directoryNameOf({ content }: GeneralName): Name {
  return readName(readWhole(content, tag.sequence))
}

/** Equal for names that name the same: directory names by the rules of RFC 5280 section 7.1, others by their octets. */
export function generalNameKey(name: GeneralName): string {
  return name.kind === nameKind.directoryName
    ? directoryNameKey(directoryNameOf(name))
    : `${name.kind}:${name.content.toString('latin1')}`
}

export function directoryNameKey(name: Pick<Name, 'key'>): string {
  return `${nameKind.directoryName}:${name.key}`
}
