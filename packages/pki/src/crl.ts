import { createHash } from 'node:crypto'
import { type Entries, walkEntries } from './crl-entries.ts'
import { readScope } from './crl-scope.ts'
import { DerError, DerReader, enterWhole, integerHex, readOctetBits, readTime, readWhole, tag } from './der.ts'
import { readDistributionPoints } from './distribution-points.ts'
import { oid, readAuthorityKeyId, readExtensions } from './extensions.ts'
import { readName } from './name.ts'
import { derOf, readPem } from './pem.ts'
import type { Crl, Extension } from './types.ts'

const understood: ReadonlySet<string> = new Set([
  oid.authorityKeyId,
  oid.issuerAlternativeName,
  oid.crlNumber,
  oid.issuingDistributionPoint,
  oid.deltaCrlIndicator,
  oid.freshestCrl,
])

/**
 * Reads a certificate revocation list (RFC 5280 section 5.1). One walk over the entries keeps only their places, so a
 * list of 100,000 takes tens of milliseconds.
 *
 * @param input DER, or PEM text with one X509 CRL block
 * @throws DerError when it is not strict DER of that shape
 */
export function parseCrl(input: Uint8Array | string): Crl {
  const der = derOf(input, 'X509 CRL')
  const outer = enterWhole(der, tag.sequence)
  const tbs = outer.next(tag.sequence)
  const algorithm = outer.next(tag.sequence).der
  const value = readOctetBits(outer.next(tag.bitString).content)
  outer.finish()

  const reader = new DerReader(tbs.content)
  const version = reader.optional(tag.integer)
  if (version && version.content[0] !== 1) throw new DerError('unknown version of the list')
  const innerAlgorithm = reader.next(tag.sequence).der
  const issuer = readName(reader.next(tag.sequence))
  const thisUpdate = readTime(reader.next())
  const hasNext = reader.peek() === tag.utcTime || reader.peek() === tag.generalizedTime
  const nextUpdate = hasNext ? readTime(reader.next()) : undefined
  const entries = reader.peek() === tag.sequence ? walkEntries(reader.enter(tag.sequence), issuer) : noEntries
  const wrapped = reader.optional(0xa0)
  reader.finish()
  const extensions = wrapped ? readExtensions(readWhole(wrapped.content, tag.sequence)) : []
  const known = readListExtensions(extensions)

  return {
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    issuer,
    thisUpdate,
    nextUpdate,
    ...known,
    size: entries.size,
    find: (serial, certificateIssuer = issuer) => entries.find(serial, certificateIssuer),
    unknownCritical: [
      ...unknownCritical(extensions),
      ...entries.unknownCritical,
      ...strayIssuers(entries, known.scope),
    ],
    signature: { tbs: tbs.der, algorithm, algorithmsAgree: innerAlgorithm.equals(algorithm), value },
  }
}

/** Every X509 CRL block of a PEM bundle, in order. */
export function parseCrls(bundle: Uint8Array | string): Crl[] {
  return readPem(Buffer.from(bundle).toString('latin1'), 'X509 CRL').map(der => parseCrl(der))
}

const noEntries: Entries = { size: 0, find: () => undefined, unknownCritical: [], namesIssuers: false }

function unknownCritical(extensions: readonly Extension[]): string[] {
  return extensions.filter(({ id, critical }) => critical && !understood.has(id)).map(({ id }) => id)
}

/** Only an indirect list may speak of the certificates of others (RFC 5280 section 5.3.3). */
function strayIssuers({ namesIssuers }: Entries, { indirect }: Crl['scope']): string[] {
  return namesIssuers && !indirect ? [oid.certificateIssuer] : []
}

function readListExtensions(
  extensions: readonly Extension[],
): Pick<Crl, 'number' | 'authorityKeyId' | 'baseNumber' | 'freshestPoints' | 'scope'> {
  const values = new Map(extensions.map(({ id, value }) => [id, value]))
  if (values.size < extensions.length) throw new DerError('an extension of the list twice')
  const read = <T>(id: string, reader: (value: Buffer) => T): T | undefined => {
    const value = values.get(id)
    return value && reader(value)
  }
  const baseNumber = read(oid.deltaCrlIndicator, readNumber)
  return {
    number: read(oid.crlNumber, readNumber),
    authorityKeyId: read(oid.authorityKeyId, readAuthorityKeyId),
    ...(baseNumber !== undefined && { baseNumber }),
    freshestPoints: read(oid.freshestCrl, readDistributionPoints) ?? [],
    scope: { ...readScope(values.get(oid.issuingDistributionPoint)), delta: baseNumber !== undefined },
  }
}

/** Twice the 20 octets that section 5.2.3 allows, in hex. */
const maxNumberDigits = 80

/** Decimal digits of a number of any length (RFC 5280 section 5.2.3). */
function readNumber(value: Buffer): string {
  const hex = integerHex(readWhole(value, tag.integer).content)
  if (hex.startsWith('-') || hex.length > maxNumberDigits) throw new DerError('number of a list out of range')
  return BigInt(`0x${hex}`).toString()
}
