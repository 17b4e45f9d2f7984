import { DerError, DerReader, enterWhole, readOid, readSmallInteger, tag } from './der.ts'
import type { CertificatePolicies, PolicyConstraints, PolicyMapping } from './types.ts'

export const anyPolicy = '2.5.29.32.0'

/** CPS pointer and user notice: they are text for people and decide nothing. */
const knownQualifiers: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2'])

/** CertificatePolicies (RFC 5280 section 4.2.1.4). */
export function readPolicies(value: Buffer): CertificatePolicies {
  const reader = enterWhole(value, tag.sequence)
  const ids: string[] = []
  const unknownQualifiers: string[] = []
  while (!reader.atEnd) {
    const policy = reader.enter(tag.sequence)
    ids.push(readOid(policy.next(tag.oid).content))
    if (!policy.atEnd) readQualifiers(policy.enter(tag.sequence), unknownQualifiers)
    policy.finish()
  }
  if (ids.length === 0) throw new DerError('no policy where at least one belongs')
  return { ids, unknownQualifiers }
}

function readQualifiers(reader: DerReader, unknown: string[]): void {
  while (!reader.atEnd) {
    const id = readOid(reader.enter(tag.sequence).next(tag.oid).content)
    if (!knownQualifiers.has(id)) unknown.push(id)
  }
}

/** PolicyMappings (RFC 5280 section 4.2.1.5). */
export function readPolicyMappings(value: Buffer): PolicyMapping[] {
  const reader = enterWhole(value, tag.sequence)
  const mappings: PolicyMapping[] = []
  while (!reader.atEnd) {
    const pair = reader.enter(tag.sequence)
    const issuer = readOid(pair.next(tag.oid).content)
    mappings.push({ issuer, subject: readOid(pair.next(tag.oid).content) })
    pair.finish()
  }
  if (mappings.length === 0) throw new DerError('no policy mapping where at least one belongs')
  return mappings
}

/** PolicyConstraints (RFC 5280 section 4.2.1.11), which say at least one of two things. */
export function readPolicyConstraints(value: Buffer): PolicyConstraints {
  const reader = enterWhole(value, tag.sequence)
  const explicit = reader.optional(0x80)
  const mapping = reader.optional(0x81)
  reader.finish()
  if (!explicit && !mapping) throw new DerError('policy constraints that say nothing')
  return {
    ...(explicit && { requireExplicit: readSmallInteger(explicit.content) }),
    ...(mapping && { inhibitMapping: readSmallInteger(mapping.content) }),
  }
}

/** InhibitAnyPolicy (RFC 5280 section 4.2.1.14). */
export function readInhibitAnyPolicy(value: Buffer): number {
  const reader = new DerReader(value)
  const number = readSmallInteger(reader.next(tag.integer).content)
  reader.finish()
  return number
}
