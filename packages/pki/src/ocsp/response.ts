import { createHash } from 'node:crypto'
import { parseCertificate } from '../certificate.ts'
import { reasons } from '../crl-entries.ts'
import {
  DerError,
  DerReader,
  type Element,
  enterWhole,
  integerHex,
  readOctetBits,
  readOid,
  readSmallInteger,
  readTime,
  readWhole,
  tag,
} from '../der.ts'
import { encode, enumerated, objectId, octets, sequence } from '../der-writer.ts'
import { readExtensions } from '../extensions.ts'
import { readName } from '../name.ts'
import { readable } from '../readable.ts'
import type { Extension } from '../types.ts'
import { ocspOid } from './oids.ts'
import type {
  BasicOcspResponse,
  CertId,
  CertStatus,
  OcspAnswer,
  OcspResponse,
  ResponderId,
  SingleResponse,
} from './types.ts'

const answers: Readonly<Record<number, OcspAnswer>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
}

/**
 * Reads an OCSP response (RFC 6960 section 4.2.1). Nothing of it counts before `ocspStatus` has judged it.
 *
 * @throws DerError when it is not strict DER of that shape, or of another type than the basic response
 */
export function parseOcspResponse(input: Uint8Array): OcspResponse {
  const der = Buffer.from(input)
  const outer = enterWhole(der, tag.sequence)
  const answer = answers[readSmallInteger(outer.next(tag.enumerated).content)]
  const wrapped = outer.optional(0xa0)
  outer.finish()
  if (answer === undefined) throw new DerError('unknown status of the response')
  const sha256 = createHash('sha256').update(der).digest('hex')
  if (answer !== 'successful') return { der, sha256, answer }
  if (!wrapped) throw new DerError('a successful response without content')
  const bytes = enterWhole(wrapped.content, tag.sequence)
  const type = readOid(bytes.next(tag.oid).content)
  if (type !== ocspOid.basicResponse) throw new DerError(`response of type ${type}`)
  const basic = readBasic(readWhole(bytes.next(tag.octetString).content, tag.sequence))
  bytes.finish()
  return { der, sha256, answer, basic }
}

/** The whole response around a BasicOCSPResponse, which is what CAdES keeps of it (EN 319 122-1). */
export function wrapBasicResponse(basic: Uint8Array): Buffer {
  const bytes = sequence(objectId(ocspOid.basicResponse), octets(basic))
  return sequence(enumerated(0), encode(0xa0, bytes))
}

function readBasic(element: Element): BasicOcspResponse {
  const reader = new DerReader(element.content)
  const data = reader.next(tag.sequence)
  const algorithm = reader.next(tag.sequence).der
  const value = readOctetBits(reader.next(tag.bitString).content)
  const list = reader.optional(0xa0)
  reader.finish()
  const signature = { tbs: data.der, algorithm, algorithmsAgree: true, value }
  return { ...readData(data), certificates: readCertificates(list), signature }
}

function readData(data: Element): Omit<BasicOcspResponse, 'certificates' | 'signature'> {
  const reader = new DerReader(data.content)
  const version = reader.optional(0xa0)
  if (version && integerHex(readWhole(version.content, tag.integer).content) !== '0') {
    throw new DerError('unknown version of the response')
  }
  const responder = readResponder(reader.next())
  const producedAt = readTime(reader.next(tag.generalizedTime))
  const list = reader.enter(tag.sequence)
  const responses: SingleResponse[] = []
  while (!list.atEnd) responses.push(readSingle(list.enter(tag.sequence)))
  const extensions = readWrappedExtensions(reader.optional(0xa1))
  reader.finish()
  const nonce = extensions.find(({ id }) => id === ocspOid.nonce)
  return { responder, producedAt, responses, extensions, ...(nonce && { nonce: readNonce(nonce.value) }) }
}

function readResponder({ tag: kind, content }: Element): ResponderId {
  if (kind === 0xa1) return { by: 'name', name: readName(readWhole(content, tag.sequence)) }
  if (kind === 0xa2) return { by: 'key', keyHash: readWhole(content, tag.octetString).content.toString('hex') }
  throw new DerError('responder named in an unknown way')
}

function readSingle(reader: DerReader): SingleResponse {
  const certId = readCertId(reader.enter(tag.sequence))
  const status = readStatus(reader.next())
  const thisUpdate = readTime(reader.next(tag.generalizedTime))
  const next = reader.optional(0xa0)
  const extensions = readWrappedExtensions(reader.optional(0xa1))
  reader.finish()
  const cutoff = extensions.find(({ id }) => id === ocspOid.archiveCutoff)
  return {
    certId,
    status,
    thisUpdate,
    ...(next && { nextUpdate: readTime(readWhole(next.content, tag.generalizedTime)) }),
    ...(cutoff && { archiveCutoff: readTime(readWhole(cutoff.value, tag.generalizedTime)) }),
    extensions,
  }
}

/** CertID (RFC 6960 section 4.1.1), given inside its SEQUENCE. */
export function readCertId(reader: DerReader): CertId {
  const certId = {
    hashAlgorithm: readOid(reader.enter(tag.sequence).next(tag.oid).content),
    issuerNameHash: reader.next(tag.octetString).content.toString('hex'),
    issuerKeyHash: reader.next(tag.octetString).content.toString('hex'),
    serial: integerHex(reader.next(tag.integer).content),
  }
  reader.finish()
  return certId
}

function readStatus({ tag: kind, content }: Element): CertStatus {
  if (kind === 0x80 && content.length === 0) return { is: 'good' }
  if (kind === 0x82 && content.length === 0) return { is: 'unknown' }
  if (kind !== 0xa1) throw new DerError('unknown status of a certificate')
  const reader = new DerReader(content)
  const at = readTime(reader.next(tag.generalizedTime))
  const reason = reader.optional(0xa0)
  reader.finish()
  const number = reason ? (readWhole(reason.content, tag.enumerated).content[0] ?? 0) : 0
  return { is: 'revoked', at, reason: reasons[number] ?? 'unspecified' }
}

function readWrappedExtensions(wrapped: Element | undefined): Extension[] {
  return wrapped ? readExtensions(readWhole(wrapped.content, tag.sequence)) : []
}

/** RFC 9654 section 2.1: an octet string inside. Responders of before wrote the bare octets. */
function readNonce(value: Buffer): Buffer {
  return readable(() => readWhole(value, tag.octetString).content) ?? value
}

/** A responder sends one or two. */
const maxCertificates = 50

function readCertificates(list: Element | undefined) {
  if (!list) return []
  const reader = enterWhole(list.content, tag.sequence)
  const certificates = []
  while (!reader.atEnd && certificates.length < maxCertificates) {
    const { der } = reader.next(tag.sequence)
    const certificate = readable(() => parseCertificate(der))
    if (certificate) certificates.push(certificate)
  }
  return certificates
}
