import { hashOfId } from '../algorithms.ts'
import { DerError, DerReader, type Element, integerHex, readOid, readTime, readWhole, tag } from '../der.ts'
import { readName } from '../name.ts'
import { readable } from '../readable.ts'
import { cmsOid } from './oids.ts'
import type { Attribute, Signer, SignerId } from './types.ts'

/** SignerInfo (RFC 5652 section 5.3), given inside its SEQUENCE. */
export function readSigner(reader: DerReader): Signer {
  reader.next(tag.integer)
  const id = readSignerId(reader.next())
  const digestAlgorithm = readOid(reader.enter(tag.sequence).next(tag.oid).content)
  const signed = reader.optional(0xa0)
  const signatureAlgorithm = reader.next(tag.sequence).der
  const signature = reader.next(tag.octetString).content
  const unsigned = reader.optional(0xa1)
  reader.finish()

  const list = signed && readAttributes(signed.content)
  const unsignedAttributes = unsigned ? readAttributes(unsigned.content) : []
  return {
    id,
    digestAlgorithm,
    hash: hashOfId(digestAlgorithm),
    signatureAlgorithm,
    signature,
    ...(signed && list && { signedAttributes: { der: asSet(signed.der), list } }),
    unsignedAttributes,
    signingTime: readSigningTime(list ?? []),
    timeStampTokens: valuesOf(unsignedAttributes, cmsOid.signatureTimeStamp),
  }
}

/** Every value of every attribute of this type. */
export function valuesOf(attributes: readonly Attribute[], type: string): Buffer[] {
  return attributes.filter(attribute => attribute.type === type).flatMap(({ values }) => values)
}

function readSignerId({ tag: kind, content }: Element): SignerId {
  if (kind === 0x80) return { by: 'subjectKeyIdentifier', keyId: content.toString('hex') }
  if (kind !== tag.sequence) throw new DerError('signer named in an unknown way')
  const reader = new DerReader(content)
  const issuer = readName(reader.next(tag.sequence))
  const serial = integerHex(reader.next(tag.integer).content)
  reader.finish()
  return { by: 'issuerAndSerialNumber', issuer, serial }
}

/** Attributes one after the other, as inside their SET. */
export function readAttributes(content: Buffer): Attribute[] {
  const reader = new DerReader(content)
  const attributes: Attribute[] = []
  while (!reader.atEnd) attributes.push(readAttribute(reader.enter(tag.sequence)))
  return attributes
}

function readAttribute(reader: DerReader): Attribute {
  const type = readOid(reader.next(tag.oid).content)
  const set = reader.enter(tag.set)
  reader.finish()
  const values: Buffer[] = []
  while (!set.atEnd) values.push(set.next().der)
  return { type, values }
}

/** The signature covers the attributes as a SET, whatever tag they travel under (RFC 5652 section 5.4). */
function asSet(der: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag.set), der.subarray(1)])
}

function readSigningTime(attributes: readonly Attribute[]): Date | undefined {
  const [value] = valuesOf(attributes, cmsOid.signingTime)
  return value && readable(() => readTime(readWhole(value)))
}
