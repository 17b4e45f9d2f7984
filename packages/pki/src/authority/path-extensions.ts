import { boolean, encode, ia5, integer, namedBits, objectId, sequence, utf8 } from '../der-writer.ts'
import { oid } from '../extensions.ts'
import { nameKind } from '../general-names.ts'
import type { Extension } from '../types.ts'
import type { SubjectName } from './types.ts'
import { writeName } from './write-name.ts'

/** One name of GeneralName, by the kind that it is of; `address` is hex, with its mask in a constraint. */
export type GeneralNameWish =
  | { readonly mail: string }
  | { readonly dns: string }
  | { readonly uri: string }
  | { readonly address: string }
  | { readonly directory: Partial<SubjectName> }
  /** registeredID, a kind that cannot be limited here. */
  | { readonly id: string }

/** A policy with what it says to people; `any` stands for any-policy. */
export interface PolicyWish {
  readonly id: string
  /** Explicit text of a user notice. */
  readonly notice?: string
  /** Address of the certification practice statement. */
  readonly cps?: string
}

/** A distribution point; `relative` is a common name below that of the issuer of the list. */
export interface PointWish {
  readonly names?: readonly GeneralNameWish[]
  readonly relative?: string
  /** Numbers of ReasonFlags. */
  readonly reasons?: readonly number[]
  readonly crlIssuer?: Partial<SubjectName>
}

export interface IssuingPointWish {
  readonly names?: readonly GeneralNameWish[]
  readonly relative?: string
  readonly onlyUsers?: boolean
  readonly onlyAuthorities?: boolean
  readonly onlyAttributes?: boolean
  readonly reasons?: readonly number[]
  readonly indirect?: boolean
}

const anyPolicy = '2.5.29.32.0'
const number = (value: number) => integer(value.toString(16))
const implicit = (kind: number, value: number) => encode(kind, number(value).subarray(2))

/** Extensions that certification paths and revocation lists are steered by, as RFC 5280 wants them. */
export const pathExtensions = {
  /** `any` stands for any-policy. */
  policies: (...policies: readonly (string | PolicyWish)[]): Extension => ({
    id: oid.certificatePolicies,
    critical: false,
    value: sequence(...policies.map(policy => writePolicy(typeof policy === 'string' ? { id: policy } : policy))),
  }),
  policyMappings: (...pairs: readonly (readonly [issuer: string, subject: string])[]): Extension => ({
    id: oid.policyMappings,
    critical: true,
    value: sequence(...pairs.map(pair => sequence(...pair.map(objectId)))),
  }),
  policyConstraints: (skip: { readonly explicit?: number; readonly mapping?: number }): Extension => ({
    id: oid.policyConstraints,
    critical: true,
    value: sequence(
      ...(skip.explicit === undefined ? [] : [implicit(0x80, skip.explicit)]),
      ...(skip.mapping === undefined ? [] : [implicit(0x81, skip.mapping)]),
    ),
  }),
  inhibitAnyPolicy: (skip: number): Extension => ({ id: oid.inhibitAnyPolicy, critical: true, value: number(skip) }),
  nameConstraints: (limits: {
    readonly permitted?: readonly GeneralNameWish[]
    readonly excluded?: readonly GeneralNameWish[]
  }): Extension => ({
    id: oid.nameConstraints,
    critical: true,
    value: sequence(...subtrees(0xa0, limits.permitted), ...subtrees(0xa1, limits.excluded)),
  }),
  alternativeNames: (...names: readonly GeneralNameWish[]): Extension => ({
    id: oid.alternativeName,
    critical: false,
    value: sequence(...names.map(writeGeneralName)),
  }),
  distributionPoints: (...points: readonly PointWish[]): Extension => ({
    id: oid.distributionPoints,
    critical: false,
    value: sequence(...points.map(writePoint)),
  }),
  issuingDistributionPoint: (point: IssuingPointWish): Extension => ({
    id: oid.issuingDistributionPoint,
    critical: true,
    value: sequence(
      ...writePointName(point),
      ...flag(0x81, point.onlyUsers),
      ...flag(0x82, point.onlyAuthorities),
      ...writeReasons(0x83, point.reasons),
      ...flag(0x84, point.indirect),
      ...flag(0x85, point.onlyAttributes),
    ),
  }),
} as const

function writePolicy({ id, notice, cps }: PolicyWish): Buffer {
  const qualifiers = [
    ...(cps === undefined ? [] : [sequence(objectId('1.3.6.1.5.5.7.2.1'), ia5(cps))]),
    ...(notice === undefined ? [] : [sequence(objectId('1.3.6.1.5.5.7.2.2'), sequence(utf8(notice)))]),
  ]
  const policy = objectId(id === 'any' ? anyPolicy : id)
  return qualifiers.length > 0 ? sequence(policy, sequence(...qualifiers)) : sequence(policy)
}

function subtrees(kind: number, names: readonly GeneralNameWish[] | undefined): Buffer[] {
  return names ? [encode(kind, ...names.map(name => sequence(writeGeneralName(name))))] : []
}

export function writeGeneralName(name: GeneralNameWish): Buffer {
  const text = (kind: number, value: string) => encode(0x80 | kind, Buffer.from(value, 'latin1'))
  if ('mail' in name) return text(nameKind.mail, name.mail)
  if ('dns' in name) return text(nameKind.dns, name.dns)
  if ('uri' in name) return text(nameKind.uri, name.uri)
  if ('address' in name) return encode(0x80 | nameKind.address, Buffer.from(name.address, 'hex'))
  if ('id' in name) return encode(0x88, objectId(name.id).subarray(2))
  return encode(0xa0 | nameKind.directoryName, writeName(name.directory))
}

function writePoint({ names, relative, reasons, crlIssuer }: PointWish): Buffer {
  return sequence(
    ...writePointName({ names, relative }),
    ...writeReasons(0x81, reasons),
    ...(crlIssuer ? [encode(0xa2, writeGeneralName({ directory: crlIssuer }))] : []),
  )
}

function writePointName({ names, relative }: Pick<PointWish, 'names' | 'relative'>): Buffer[] {
  if (names) return [encode(0xa0, encode(0xa0, ...names.map(writeGeneralName)))]
  if (relative === undefined) return []
  // The one relative name inside the SEQUENCE of a name, with the tag of the choice for its own.
  const set = writeName({ commonName: relative }).subarray(2)
  return [encode(0xa0, encode(0xa1, set.subarray(2)))]
}

function writeReasons(kind: number, reasons: readonly number[] | undefined): Buffer[] {
  return reasons ? [encode(kind, namedBits(reasons).subarray(2))] : []
}

function flag(kind: number, value: boolean | undefined): Buffer[] {
  return value ? [encode(kind, boolean(true).subarray(2))] : []
}
