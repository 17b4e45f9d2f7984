import { DerReader, enterWhole, readTime, readWhole, tag } from './der.ts'
import { oid, readExtension } from './extensions.ts'
import { directoryNameKey, generalNameKey, readGeneralNames } from './general-names.ts'
import { createSerialIndex, type SerialIndex } from './serial-index.ts'
import type { Extension, Name, RevocationReason, RevokedEntry } from './types.ts'

/** The entries of a list, by their places: none is read before somebody asks for it. */
export interface Entries {
  readonly size: number
  /** The entry of a certificate by its serial and issuer, if it is listed. */
  readonly find: (serial: string, issuer: Name) => RevokedEntry | undefined
  /** Critical extensions of any entry that are not processed, dotted. */
  readonly unknownCritical: readonly string[]
  /** Whether any entry names an issuer of its own (indirect lists). */
  readonly namesIssuers: boolean
}

/** Entries from this one on are about certificates of these issuers (RFC 5280 section 5.3.3). */
interface IssuerChange {
  readonly from: number
  readonly keys: readonly string[]
}

export const reasons: Readonly<Record<number, RevocationReason>> = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
}

/**
 * Walks over revokedCertificates once.
 *
 * @param list stands inside the SEQUENCE
 * @param listIssuer whom entries are about that name nobody
 */
export function walkEntries(list: DerReader, listIssuer: Name): Entries {
  const { bytes } = list
  const index = createSerialIndex(bytes)
  const changes: IssuerChange[] = []
  const unknownCritical = new Set<string>()
  while (!list.atEnd) {
    const place = list.offset
    const entry = list.enter(tag.sequence)
    const serial = entry.enter(tag.integer)
    index.add(place, serial.offset, serial.end)
    // The date is read when the entry is asked for.
    entry.skip()
    if (entry.atEnd || holdsReasonOnly(entry)) continue
    const { unknown, issuer } = inspectExtensions(entry)
    for (const id of unknown) unknownCritical.add(id)
    if (issuer) changes.push({ from: place, keys: issuer })
  }
  return {
    size: index.size,
    find: (serial, issuer) => findEntry(bytes, index, changes, serial, { issuer, listIssuer }),
    unknownCritical: [...unknownCritical],
    namesIssuers: changes.length > 0,
  }
}

/** The one shape nearly every entry has: extensions of a reason code that is not critical. */
const reasonOnly = Buffer.from('300c300a0603551d1504030a01', 'hex')

function holdsReasonOnly({ bytes, offset, end }: DerReader): boolean {
  if (end - offset !== reasonOnly.length + 1) return false
  for (let at = 0; at < reasonOnly.length; at += 1) if (bytes[offset + at] !== reasonOnly[at]) return false
  return true
}

/** id-ce, the arc of all that is known here; its last octet tells them apart. */
const idCe = [0x55, 0x1d] as const
const certificateIssuerArc = 29
/** reasonCode and invalidityDate. */
const knownArcs: ReadonlySet<number> = new Set([21, 24])

/** Looks at the extensions of an entry without making objects of them: a list may hold a million. */
function inspectExtensions(entry: DerReader): { unknown: readonly string[]; issuer?: readonly string[] } {
  const unknown: string[] = []
  let issuer: readonly string[] | undefined
  const list = entry.enter(tag.sequence)
  entry.finish()
  while (!list.atEnd) {
    const start = list.offset
    const extension = list.enter(tag.sequence)
    const id = extension.enter(tag.oid)
    const arc = ceArc(id)
    if (arc !== undefined && knownArcs.has(arc)) continue
    if (arc !== certificateIssuerArc && extension.peek() !== tag.boolean) continue
    const whole = readExtension(new DerReader(list.bytes, start, list.offset).enter(tag.sequence))
    if (arc === certificateIssuerArc) issuer = issuerKeys(whole)
    else if (whole.critical) unknown.push(whole.id)
  }
  return { unknown, ...(issuer && { issuer }) }
}

function ceArc({ bytes, offset, end }: DerReader): number | undefined {
  const isCe = end - offset === 3 && bytes[offset] === idCe[0] && bytes[offset + 1] === idCe[1]
  return isCe ? bytes[offset + 2] : undefined
}

function issuerKeys({ value }: Extension): string[] {
  return readGeneralNames(enterWhole(value, tag.sequence)).map(generalNameKey)
}

interface Asked {
  readonly issuer: Name
  readonly listIssuer: Name
}

function findEntry(
  bytes: Buffer,
  index: SerialIndex,
  changes: readonly IssuerChange[],
  serial: string,
  { issuer, listIssuer }: Asked,
): RevokedEntry | undefined {
  const wanted = directoryNameKey(issuer)
  for (const place of index.find(serial)) {
    const keys = changes.findLast(({ from }) => from <= place)?.keys ?? [directoryNameKey(listIssuer)]
    if (keys.includes(wanted)) return readEntry(new DerReader(bytes, place).enter(tag.sequence))
  }
  return undefined
}

function readEntry(entry: DerReader): RevokedEntry {
  entry.skip(tag.integer)
  const at = readRevocationTime(entry)
  const code = entry.atEnd ? undefined : reasonOf(entry.enter(tag.sequence))
  return { at, reason: reasons[code ?? 0] ?? 'unspecified' }
}

/** A date that cannot be read leaves the certificate on the list: revoked since ever. */
function readRevocationTime(entry: DerReader): Date {
  const element = entry.next()
  try {
    return readTime(element)
  } catch {
    return new Date(0)
  }
}

function reasonOf(list: DerReader): number | undefined {
  while (!list.atEnd) {
    const { id, value } = readExtension(list.enter(tag.sequence))
    if (id === oid.reasonCode) return readWhole(value, tag.enumerated).content[0]
  }
  return undefined
}
