import { DerReader, tag } from '../der.ts'
import { readName } from '../name.ts'
import type { Certificate, GeneralName } from '../types.ts'

const mail = 1
const dns = 2
const directoryName = 4
const uri = 6
const address = 7

/** Names a path below some authorities may use (RFC 5280 sections 4.2.1.10 and 6.1). */
export interface NameLimits {
  /** Each authority's permitted list: a name must lie in every list that has an entry of its kind. */
  readonly permitted: readonly (readonly GeneralName[])[]
  readonly excluded: readonly GeneralName[]
}

export const noNameLimits: NameLimits = { permitted: [], excluded: [] }

export function narrow(limits: NameLimits, authority: Certificate): NameLimits {
  const own = authority.nameConstraints
  if (!own) return limits
  return { permitted: [...limits.permitted, own.permitted], excluded: [...limits.excluded, ...own.excluded] }
}

/** The first name of the certificate that breaks the limits, in words. */
export function nameConstraintFault(limits: NameLimits, certificate: Certificate): string | undefined {
  for (const name of namesOf(certificate)) {
    const sameKind = (list: readonly GeneralName[]) => list.filter(({ kind }) => kind === name.kind)
    if (sameKind(limits.excluded).some(base => lies(name, base))) return `name of kind ${name.kind} is excluded`
    for (const list of limits.permitted.map(sameKind)) {
      if (list.length > 0 && !list.some(base => lies(name, base, false)))
        return `name of kind ${name.kind} is not permitted`
    }
  }
  return undefined
}

function namesOf(certificate: Certificate): GeneralName[] {
  const { subject, alternativeNames } = certificate
  const names = [...alternativeNames]
  if (subject.rdns.length > 0) names.push({ kind: directoryName, content: subject.der })
  if (!alternativeNames.some(({ kind }) => kind === mail)) {
    const inSubject = subject.attributes.filter(({ type }) => type === 'emailAddress')
    names.push(...inSubject.map(({ value }) => ({ kind: mail, content: Buffer.from(value, 'latin1') })))
  }
  return names
}

/** Whether the name lies below `base`. What cannot be compared counts as `unsure`: excluded, and not permitted. */
function lies(name: GeneralName, base: GeneralName, unsure = true): boolean {
  const text = name.content.toString('latin1').toLowerCase()
  const limit = base.content.toString('latin1').toLowerCase()
  switch (name.kind) {
    case dns:
      return limit === '' || text === limit || text.endsWith(limit.startsWith('.') ? limit : `.${limit}`)
    case mail:
      return mailLies(text, limit)
    case uri: {
      const host = /^[^:]+:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(text)?.[1]
      return host === undefined ? unsure : hostLies(host, limit)
    }
    case directoryName:
      return directoryLies(name.content, base.content)
    case address:
      return addressLies(name.content, base.content) ?? unsure
    default:
      return unsure
  }
}

function mailLies(text: string, limit: string): boolean {
  return limit.includes('@') ? text === limit : hostLies(text.slice(text.lastIndexOf('@') + 1), limit)
}

/** A leading dot means hosts below, none means this host alone. */
function hostLies(host: string, limit: string): boolean {
  return limit.startsWith('.') ? host.endsWith(limit) : host === limit
}

function directoryLies(name: Buffer, base: Buffer): boolean {
  const { rdns } = readName(new DerReader(name).next(tag.sequence))
  return readName(new DerReader(base).next(tag.sequence)).rdns.every((part, index) => rdns[index] === part)
}

function addressLies(name: Buffer, base: Buffer): boolean | undefined {
  if (base.length !== name.length * 2) return undefined
  return name.every((byte, index) => {
    const mask = base[name.length + index] ?? 0
    return (byte & mask) === ((base[index] ?? 0) & mask)
  })
}
