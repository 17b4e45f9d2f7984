import { parseCrl } from '../crl.ts'
import { DerReader, type Element, enterWhole, readOid, tag } from '../der.ts'
import { parseOcspResponse, wrapBasicResponse } from '../ocsp/response.ts'
import type { OcspResponse } from '../ocsp/types.ts'
import { readable } from '../readable.ts'
import type { Crl } from '../types.ts'
import { cmsOid } from './oids.ts'
import { valuesOf } from './signer.ts'
import type { Signer } from './types.ts'

/** Lists and responses that travel with a signature. Each carries its own signature; what cannot be read is left out. */
export interface RevocationData {
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
}

/** RevocationInfoChoices (RFC 5652 section 10.2.1, RFC 5940). */
export function readRevocationChoices(set: Element | undefined): RevocationData {
  const choices = set ? elementsOf(set.content) : []
  return {
    crls: choices.filter(choice => choice.tag === tag.sequence).flatMap(({ der }) => readCrl(der)),
    ocsp: choices.filter(choice => choice.tag === 0xa1).flatMap(({ content }) => readOtherChoice(content)),
  }
}

/** What the signer put into attributes: a PDF's revocation archive (signed) and CAdES' revocation values. */
export function readRevocationAttributes({ signedAttributes, unsignedAttributes }: Signer): RevocationData {
  const archives = valuesOf(signedAttributes?.list ?? [], cmsOid.revocationInfoArchival).map(readArchive)
  const values = valuesOf(unsignedAttributes, cmsOid.revocationValues).map(readValues)
  const all = [...archives, ...values]
  return { crls: all.flatMap(({ crls }) => crls), ocsp: all.flatMap(({ ocsp }) => ocsp) }
}

function readOtherChoice(content: Buffer): OcspResponse[] {
  const reader = new DerReader(content)
  const format = readable(() => readOid(reader.next(tag.oid).content))
  if (format !== cmsOid.ocspResponse) return []
  return readOcsp(reader.bytes.subarray(reader.offset))
}

/** RevocationInfoArchival: lists [0], whole responses [1]. */
function readArchive(value: Buffer): RevocationData {
  return readLists(value, readOcsp)
}

/** RevocationValues (EN 319 122-1, annex on revocation values): lists [0], basic responses [1]. */
function readValues(value: Buffer): RevocationData {
  return readLists(value, basic => readOcsp(wrapBasicResponse(basic)))
}

function readLists(value: Buffer, readResponse: (der: Buffer) => OcspResponse[]): RevocationData {
  const parts = readable(() => elementsOf(enterWhole(value, tag.sequence).bytes)) ?? []
  const membersOf = (kind: number) =>
    parts
      .filter(part => part.tag === kind)
      .flatMap(({ content }) => readable(() => elementsOf(enterWhole(content, tag.sequence).bytes)) ?? [])
  return {
    crls: membersOf(0xa0).flatMap(({ der }) => readCrl(der)),
    ocsp: membersOf(0xa1).flatMap(({ der }) => readResponse(der)),
  }
}

function elementsOf(content: Buffer): Element[] {
  const reader = new DerReader(content)
  const elements: Element[] = []
  while (!reader.atEnd) elements.push(reader.next())
  return elements
}

function readCrl(der: Buffer): Crl[] {
  return readable(() => [parseCrl(der)]) ?? []
}

function readOcsp(der: Buffer): OcspResponse[] {
  return readable(() => [parseOcspResponse(der)]) ?? []
}
