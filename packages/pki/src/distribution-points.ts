import { DerError, DerReader, type Element, enterWhole, readNamedBits, tag } from './der.ts'
import { directoryNameOf, generalNameKey, nameKind, readGeneralNames } from './general-names.ts'
import { nameBelow, readRdnKey } from './name.ts'
import type { DistributionPoint, Name, PointName, ReasonMask } from './types.ts'

/** ReasonFlags 1 to 8 of RFC 5280 section 4.2.1.13, one bit each; bit 0 is not used. */
export const allReasons: ReasonMask = 0b1_1111_1110

/** CRLDistributionPoints, also of freshestCRL (RFC 5280 sections 4.2.1.13 and 4.2.1.15). */
export function readDistributionPoints(value: Buffer): DistributionPoint[] {
  const reader = enterWhole(value, tag.sequence)
  const points: DistributionPoint[] = []
  while (!reader.atEnd) points.push(readPoint(reader.enter(tag.sequence)))
  if (points.length === 0) throw new DerError('no distribution point where at least one belongs')
  return points
}

function readPoint(reader: DerReader): DistributionPoint {
  const name = reader.optional(0xa0)
  const reasons = reader.optional(0x81)
  const issuers = reader.optional(0xa2)
  reader.finish()
  return {
    ...(name && { name: readPointName(name) }),
    reasons: reasons ? readReasons(reasons) : allReasons,
    ...(issuers && { crlIssuers: readIssuers(issuers) }),
  }
}

/** DistributionPointName inside its tag [0]. */
export function readPointName(point: Element): PointName {
  const reader = new DerReader(point.content)
  const choice = reader.next()
  reader.finish()
  if (choice.tag === 0xa1) return { relative: readRdnKey(choice.content) }
  if (choice.tag !== 0xa0) throw new DerError('distribution point named in an unknown way')
  const names = readGeneralNames(new DerReader(choice.content))
  return {
    full: names.map(generalNameKey),
    uris: names.filter(({ kind }) => kind === nameKind.uri).map(({ content }) => content.toString('latin1')),
  }
}

export function readReasons({ content }: Element): ReasonMask {
  return [...readNamedBits(content)].reduce((mask, bit) => mask | (1 << bit), 0) & allReasons
}

function readIssuers({ content }: Element): Name[] {
  const names = readGeneralNames(new DerReader(content))
  return names.filter(({ kind }) => kind === nameKind.directoryName).map(directoryNameOf)
}

/** The names of a point in comparable form; one that is relative hangs below the issuer of the list. */
export function pointKeys(name: PointName, listIssuer: Name): readonly string[] {
  return 'full' in name ? name.full : [`${nameKind.directoryName}:${nameBelow(listIssuer, name.relative)}`]
}
