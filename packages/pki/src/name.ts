import { DerError, DerReader, type Element, readOid, tag } from './der.ts'
import type { Name } from './types.ts'

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

/** Name of RFC 5280 section 4.1.2.4, given as its SEQUENCE. */
export function readName(element: Element): Name {
  const rdns: string[] = []
  const written: string[] = []
  const attributes: { type: string; value: string }[] = []
  const reader = new DerReader(element.content)
  while (!reader.atEnd) {
    const parts = readRdn(reader.next(tag.set).content)
    for (const { type, value } of parts) attributes.push({ type, value })
    rdns.push(rdnKey(parts))
    written.push(parts.map(({ type, value }) => `${type}=${escapeValue(value)}`).join('+'))
  }
  return { der: element.der, text: written.reverse().join(','), rdns, key: nameKey(rdns), attributes }
}

function nameKey(rdns: readonly string[]): string {
  return JSON.stringify(rdns)
}

/** `key` of the name that lies one relative distinguished name below another. */
export function nameBelow(name: Pick<Name, 'rdns'>, rdn: string): string {
  return nameKey([...name.rdns, rdn])
}

/** A relative distinguished name in comparable form, given as the content of its SET. */
export function readRdnKey(content: Buffer): string {
  return rdnKey(readRdn(content))
}

function rdnKey(parts: readonly RdnPart[]): string {
  return parts
    .map(({ key }) => key)
    .sort()
    .join('+')
}

interface RdnPart {
  readonly type: string
  readonly value: string
  readonly key: string
}

function readRdn(content: Buffer): RdnPart[] {
  const reader = new DerReader(content)
  const parts: RdnPart[] = []
  while (!reader.atEnd) {
    const pair = reader.enter(tag.sequence)
    const oid = readOid(pair.next(tag.oid).content)
    const value = pair.next()
    pair.finish()
    const text = readText(value)
    const key = text === undefined ? `#${value.der.toString('hex')}` : JSON.stringify(prepare(text))
    parts.push({ type: shortNames[oid] ?? oid, value: text ?? `#${value.der.toString('hex')}`, key: `${oid}=${key}` })
  }
  if (parts.length === 0) throw new DerError('empty relative distinguished name')
  return parts
}

/** What two strings are compared by (RFC 5280 section 7.1): compatibility form, case folded, white space single. */
function prepare(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function readText({ tag: kind, content }: Element): string | undefined {
  switch (kind) {
    case 0x0c:
      return utf8(content)
    case 0x12:
    case 0x13:
    case 0x16:
    case 0x1a:
      return content.toString('latin1')
    case 0x14:
      // TeletexString: everybody writes Latin-1 into it.
      return content.toString('latin1')
    case 0x1e:
      if (content.length % 2 !== 0) throw new DerError('BMPString of odd length')
      return Buffer.from(content).swap16().toString('utf16le')
    default:
      return undefined
  }
}

function utf8(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    throw new DerError('UTF8String is not UTF-8')
  }
}

/** RFC 4514 section 2.4. Control characters are written as hex so that a name never breaks a line of a log. */
function escapeValue(value: string): string {
  return value
    .replace(/[\\"+,;<>]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(/\p{Cc}/gu, character => `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`)
}
