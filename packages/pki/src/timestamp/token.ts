import { hashOfId } from '../algorithms.ts'
import { cmsOid } from '../cms/oids.ts'
import { parseSignedData } from '../cms/signed-data.ts'
import {
  DerError,
  DerReader,
  type Element,
  enterWhole,
  integerHex,
  readBoolean,
  readOid,
  readSmallInteger,
  readTime,
  tag,
} from '../der.ts'
import { readExtensions } from '../extensions.ts'
import type { TimeStampResponse, TimeStampToken } from './types.ts'

/**
 * Reads a time-stamp token, DER or BER (RFC 3161 section 2.4.2). Zero bytes that fill up a PDF's Contents may follow.
 *
 * @throws DerError when it is not CMS around a TSTInfo
 */
export function parseTimeStampToken(bytes: Uint8Array): TimeStampToken {
  const signed = parseSignedData(bytes)
  if (signed.contentType !== cmsOid.timeStampInfo || !signed.content) {
    throw new DerError(`CMS over ${signed.contentType} where a time stamp belongs`)
  }
  return { signed, ...readInfo(enterWhole(signed.content, tag.sequence)) }
}

/**
 * Reads the answer to a request.
 *
 * @throws DerError when it is not strict DER of that shape, or a grant without a token
 */
export function parseTimeStampResponse(bytes: Uint8Array): TimeStampResponse {
  const reader = enterWhole(Buffer.from(bytes), tag.sequence)
  const info = reader.enter(tag.sequence)
  const status = readSmallInteger(info.next(tag.integer).content)
  const strings = info.optional(tag.sequence)
  const token = reader.optional(tag.sequence)?.der
  reader.finish()
  const granted = status <= 1
  if (granted && !token) throw new DerError('granted, but no time-stamp token follows')
  return { granted, status, ...(strings && { text: readStrings(strings) }), ...(token && { token }) }
}

function readStrings({ content }: Element): string {
  const reader = new DerReader(content)
  const texts: string[] = []
  while (!reader.atEnd) texts.push(reader.next(0x0c).content.toString('utf8'))
  return texts.join(' ')
}

/** TSTInfo, given inside its SEQUENCE. */
function readInfo(reader: DerReader): Omit<TimeStampToken, 'signed'> {
  if (integerHex(reader.next(tag.integer).content) !== '1') throw new DerError('unknown version of the time stamp')
  const policy = readOid(reader.next(tag.oid).content)
  const imprint = readImprint(reader.enter(tag.sequence))
  const serial = integerHex(reader.next(tag.integer).content)
  const genTime = readPreciseTime(reader.next(tag.generalizedTime))
  const accuracy = reader.optional(tag.sequence)
  const ordering = reader.optional(tag.boolean)
  if (ordering) readBoolean(ordering.content)
  const nonce = reader.optional(tag.integer)
  // The authority's name is a hint; who stamped is told by ESSCertID (RFC 3161 section 2.4.2).
  reader.optional(0xa0)
  const extensions = reader.optional(0xa1)
  reader.finish()
  return {
    policy,
    ...imprint,
    serial,
    genTime,
    accuracyMs: accuracy ? readAccuracy(new DerReader(accuracy.content)) : 0,
    ...(nonce && { nonce: integerHex(nonce.content) }),
    extensions: extensions ? readExtensions(extensions) : [],
  }
}

function readImprint(reader: DerReader): Pick<TimeStampToken, 'hashAlgorithm' | 'hash' | 'imprint'> {
  const hashAlgorithm = readOid(reader.enter(tag.sequence).next(tag.oid).content)
  const imprint = reader.next(tag.octetString).content
  reader.finish()
  return { hashAlgorithm, hash: hashOfId(hashAlgorithm), imprint }
}

/** GeneralizedTime that may have a fraction of a second. Its trailing zeros are against DER and mean nothing. */
function readPreciseTime(element: Element): Date {
  const text = element.content.toString('latin1')
  const [, seconds, fraction = ''] = /^(\d{14})(?:\.(\d+))?Z$/.exec(text) ?? []
  if (seconds === undefined) throw new DerError('time of the stamp not in the form of RFC 3161')
  const whole = readTime({ ...element, content: Buffer.from(`${seconds}Z`) })
  return new Date(whole.getTime() + Number(fraction.padEnd(3, '0').slice(0, 3)))
}

/** Accuracy in milliseconds, rounded up. */
function readAccuracy(reader: DerReader): number {
  const seconds = reader.optional(tag.integer)
  const millis = reader.optional(0x80)
  const micros = reader.optional(0x81)
  reader.finish()
  const numberOf = (element: Element | undefined) => (element ? readSmallInteger(element.content) : 0)
  return numberOf(seconds) * 1000 + numberOf(millis) + Math.ceil(numberOf(micros) / 1000)
}
