import { nameKind } from '../general-names.ts'
import type { Certificate, GeneralName, NameSubtrees } from '../types.ts'
import { type ReadName, readForMatch } from './name-match.ts'

/**
 * Names a path below some authorities may use (RFC 5280 sections 4.2.1.10 and 6.1): what each of them states. A name
 * must lie in every permitted list that has an entry of its kind, and in no excluded one.
 */
export type NameLimits = readonly ReadSubtrees[]

interface ReadSubtrees {
  readonly permitted: readonly ReadName[]
  readonly excluded: readonly ReadName[]
}

export const noNameLimits: NameLimits = []

const prepared = new WeakMap<NameSubtrees, ReadSubtrees>()

export function narrow(limits: NameLimits, own: NameSubtrees | undefined): NameLimits {
  if (!own) return limits
  const known = prepared.get(own) ?? {
    permitted: own.permitted.map(readForMatch),
    excluded: own.excluded.map(readForMatch),
  }
  prepared.set(own, known)
  return [...limits, known]
}

/**
 * The first name of the certificate that breaks the limits, in words.
 *
 * @param mayCompare asked before a name is compared with so many others; false ends it
 */
export function nameConstraintFault(
  limits: NameLimits,
  certificate: Certificate,
  mayCompare: (times: number) => boolean,
): string | undefined {
  for (const name of limits.length > 0 ? namesOf(certificate) : []) {
    for (const { permitted, excluded } of limits) {
      if (!mayCompare(permitted.length + excluded.length)) return 'too many names to compare'
      const sameKind = (list: readonly ReadName[]) => list.filter(({ kind }) => kind === name.kind)
      // What cannot be compared is not kept out for certain, and not let in either.
      if (sameKind(excluded).some(base => name.lies(base) !== 'outside')) return `${kindName(name.kind)} is excluded`
      const bases = sameKind(permitted)
      if (bases.length > 0 && !bases.some(base => name.lies(base) === 'inside')) {
        return `${kindName(name.kind)} is not permitted`
      }
    }
  }
  return undefined
}

const namesOfCertificate = new WeakMap<Certificate, readonly ReadName[]>()

function namesOf(certificate: Certificate): readonly ReadName[] {
  const known = namesOfCertificate.get(certificate) ?? writtenNames(certificate).map(readForMatch)
  namesOfCertificate.set(certificate, known)
  return known
}

function writtenNames({ subject, alternativeNames }: Certificate): GeneralName[] {
  const names = [...alternativeNames]
  if (subject.rdns.length > 0) names.push({ kind: nameKind.directoryName, content: subject.der })
  if (!alternativeNames.some(({ kind }) => kind === nameKind.mail)) {
    for (const { type, value } of subject.attributes) {
      if (type === 'emailAddress') names.push({ kind: nameKind.mail, content: Buffer.from(value) })
    }
  }
  return names
}

const kindNames: Readonly<Record<number, string>> = {
  [nameKind.mail]: 'mail address',
  [nameKind.dns]: 'DNS name',
  [nameKind.directoryName]: 'directory name',
  [nameKind.uri]: 'URI',
  [nameKind.address]: 'IP address',
}

function kindName(kind: number): string {
  return kindNames[kind] ?? `name of kind ${kind}`
}
