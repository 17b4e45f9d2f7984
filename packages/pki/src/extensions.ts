import {
  DerError,
  DerReader,
  type Element,
  enterWhole,
  readBoolean,
  readNamedBits,
  readOid,
  readSmallInteger,
  readWhole,
  tag,
} from './der.ts'
import type { Extension, KeyUsage } from './types.ts'

/** Extensions processed here or in the path check, by object identifier. */
export const oid = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  issuerAlternativeName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  distributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const

/** `Extensions`, given as its SEQUENCE. */
export function readExtensions(sequence: Element): Extension[] {
  const reader = new DerReader(sequence.content)
  const extensions: Extension[] = []
  while (!reader.atEnd) extensions.push(readExtension(reader.enter(tag.sequence)))
  return extensions
}

/** Whether the extension is there and critical. */
export function isCritical(extensions: readonly Extension[], wanted: string): boolean {
  return extensions.some(({ id, critical }) => id === wanted && critical)
}

export function readExtension(reader: DerReader): Extension {
  const id = readOid(reader.next(tag.oid).content)
  const flag = reader.optional(tag.boolean)
  // DER leaves a default out; `critical FALSE` written out is common enough in real lists to be read.
  const critical = flag !== undefined && readBoolean(flag.content)
  const value = reader.next(tag.octetString).content
  reader.finish()
  return { id, critical, value }
}

const keyUsages: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

export function readKeyUsage(value: Buffer): ReadonlySet<KeyUsage> {
  const bits = readNamedBits(readWhole(value, tag.bitString).content)
  return new Set(keyUsages.filter((_, bit) => bits.has(bit)))
}

export function readPurposes(value: Buffer): string[] {
  const reader = enterWhole(value, tag.sequence)
  const purposes: string[] = []
  while (!reader.atEnd) purposes.push(readOid(reader.next(tag.oid).content))
  if (purposes.length === 0) throw new DerError('no purpose where at least one belongs')
  return purposes
}

export function readBasicConstraints(value: Buffer): { ca: boolean; pathLength?: number } {
  const reader = enterWhole(value, tag.sequence)
  const flag = reader.optional(tag.boolean)
  const length = reader.optional(tag.integer)
  reader.finish()
  return {
    ca: flag !== undefined && readBoolean(flag.content),
    ...(length && { pathLength: readSmallInteger(length.content) }),
  }
}

/** Lower-case hex; undefined when the identifier names the issuer by name and serial only. */
export function readAuthorityKeyId(value: Buffer): string | undefined {
  const reader = enterWhole(value, tag.sequence)
  return reader.optional(0x80)?.content.toString('hex')
}

export function readSubjectKeyId(value: Buffer): string {
  return readWhole(value, tag.octetString).content.toString('hex')
}

const ocspAccess = '1.3.6.1.5.5.7.48.1'
const uri = 0x86

/** Addresses of OCSP responders; other methods and other kinds of names are left out. */
export function readOcspLocations(value: Buffer): string[] {
  const reader = enterWhole(value, tag.sequence)
  const locations: string[] = []
  while (!reader.atEnd) {
    const description = reader.enter(tag.sequence)
    const method = readOid(description.next(tag.oid).content)
    const location = description.next()
    if (method === ocspAccess && location.tag === uri) locations.push(location.content.toString('latin1'))
  }
  return locations
}
