import { DerReader, enterWhole, readTime, readWhole, tag } from './der.ts'
import { oid, readExtension } from './extensions.ts'
import { directoryNameKey, generalNameKey, readGeneralNames } from './general-names.ts'
import { readable } from './readable.ts'
import { createSerialIndex, type SerialIndex } from './serial-index.ts'
import type { Name, RevocationReason, RevokedEntry } from './types.ts'

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

/**
 * Entries from this one on are about certificates of other issuers (RFC 5280 section 5.3.3): the extension that says so,
 * read when an entry behind it is asked for.
 */
interface IssuerChange {
  readonly from: number
  readonly extension: DerReader
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
    if (issuer) changes.push({ from: place, extension: issuer })
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
function inspectExtensions(entry: DerReader): { unknown: readonly string[]; issuer?: DerReader } {
  const unknown: string[] = []
  let issuer: DerReader | undefined
  const list = entry.enter(tag.sequence)
  entry.finish()
  while (!list.atEnd) {
    const start = list.offset
    const extension = list.enter(tag.sequence)
    const id = extension.enter(tag.oid)
    const arc = ceArc(id)
    if (arc !== undefined && knownArcs.has(arc)) continue
    if (arc === certificateIssuerArc) issuer = new DerReader(list.bytes, start, list.offset)
    else if (extension.peek() === tag.boolean) {
      const whole = readExtension(new DerReader(list.bytes, start, list.offset).enter(tag.sequence))
      if (whole.critical) unknown.push(whole.id)
    }
  }
  return { unknown, ...(issuer && { issuer }) }
}

function ceArc({ bytes, offset, end }: DerReader): number | undefined {
  const isCe = end - offset === 3 && bytes[offset] === idCe[0] && bytes[offset + 1] === idCe[1]
  return isCe ? bytes[offset + 2] : undefined
}

/** Whom an entry may be about; undefined when that cannot be read. */
function issuersIn({ bytes, offset, end }: DerReader): readonly string[] | undefined {
  return readable(() => {
    const { value } = readExtension(new DerReader(bytes, offset, end).enter(tag.sequence))
    return readGeneralNames(enterWhole(value, tag.sequence)).map(generalNameKey)
  })
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
  const isOfListIssuer = directoryNameKey(listIssuer) === wanted
  for (const [count, place] of index.find(serial).entries()) {
    const change = changeBefore(changes, place)
    const keys = change && issuersIn(change.extension)
    const isAbout = change ? (keys?.includes(wanted) ?? true) : isOfListIssuer
    if (isAbout || count >= maxOfOneSerial) return readEntry(new DerReader(bytes, place).enter(tag.sequence))
  }
  return undefined
}

/**
 * Entries of one serial that are told apart: as many as there are authorities in a large country. A certificate of a
 * serial that stands there more often counts as listed, and so does one whose entry names an issuer nobody can read.
 */
const maxOfOneSerial = 5_000

/** The last change before an entry, found by halves since a list may hold a million of them. */
function changeBefore(changes: readonly IssuerChange[], place: number): IssuerChange | undefined {
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((changes[middle]?.from ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return changes[low - 1]
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
