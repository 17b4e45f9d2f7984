import { readBer } from '../ber.ts'
import { parseCertificate } from '../certificate.ts'
import { DerError, DerReader, type Element, enterWhole, readOid, readWhole, tag } from '../der.ts'
import { readable } from '../readable.ts'
import type { Certificate } from '../types.ts'
import { cmsOid } from './oids.ts'
import { readRevocationAttributes, readRevocationChoices } from './revocation-data.ts'
import { readSigner } from './signer.ts'
import type { SignedData } from './types.ts'

/**
 * Reads a CMS SignedData inside its ContentInfo (RFC 5652 sections 3 and 5). BER is read as well, since signing
 * programs write it.
 *
 * @param bytes begins with the object; what follows is left alone, see `length`
 * @throws DerError when it is not of that shape
 */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const { der, length } = readBer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const outer = enterWhole(der, tag.sequence)
  const type = readOid(outer.next(tag.oid).content)
  if (type !== cmsOid.signedData) throw new DerError(`CMS of type ${type} where signed data belongs`)
  const wrapped = outer.next(0xa0)
  outer.finish()

  const reader = enterWhole(wrapped.content, tag.sequence)
  // The version follows from the other fields (RFC 5652 section 5.1) and decides nothing.
  reader.next(tag.integer)
  const digestAlgorithms = readAlgorithmIds(reader.enter(tag.set))
  const content = readContent(reader.enter(tag.sequence))
  const certificates = readCertificates(reader.optional(0xa0))
  const listed = readRevocationChoices(reader.optional(0xa1))
  const signers = readAll(reader.enter(tag.set), readSigner)
  reader.finish()

  const attached = signers.map(readRevocationAttributes)
  return {
    der,
    length,
    digestAlgorithms,
    ...content,
    ...certificates,
    crls: [listed, ...attached].flatMap(({ crls }) => crls),
    ocsp: [listed, ...attached].flatMap(({ ocsp }) => ocsp),
    signers,
  }
}

function readAll<T>(reader: DerReader, read: (element: DerReader) => T): T[] {
  const all: T[] = []
  while (!reader.atEnd) all.push(read(reader.enter(tag.sequence)))
  return all
}

function readAlgorithmIds(reader: DerReader): string[] {
  return readAll(reader, algorithm => readOid(algorithm.next(tag.oid).content))
}

/** EncapsulatedContentInfo (RFC 5652 section 5.2). */
function readContent(reader: DerReader): Pick<SignedData, 'contentType' | 'content'> {
  const contentType = readOid(reader.next(tag.oid).content)
  const wrapped = reader.optional(0xa0)
  reader.finish()
  return { contentType, ...(wrapped && { content: readWhole(wrapped.content, tag.octetString).content }) }
}

/** A path and those of its time stamps and responders take a dozen. */
const maxCertificates = 500

function readCertificates(set: Element | undefined): Pick<SignedData, 'certificates' | 'unreadCertificates'> {
  const certificates: Certificate[] = []
  let unreadCertificates = 0
  const reader = new DerReader(set?.content ?? Buffer.alloc(0))
  while (!reader.atEnd) {
    const choice = reader.next()
    const isRead = choice.tag === tag.sequence && certificates.length < maxCertificates
    const certificate = isRead ? readable(() => parseCertificate(choice.der)) : undefined
    if (certificate) certificates.push(certificate)
    else unreadCertificates += 1
  }
  return { certificates, unreadCertificates }
}
