import { directoryNameOf, nameKind } from '../general-names.ts'
import { readable } from '../readable.ts'
import type { GeneralName } from '../types.ts'

/** Whether a name lies below a base; `unsure` when one of them cannot be understood. */
export type Match = 'inside' | 'outside' | 'unsure'

/** A name or base of a constraint, read once for many comparisons. */
export interface ReadName {
  readonly kind: number
  readonly lies: (base: ReadName) => Match
  readonly bytes: Buffer
  /** Text in lower case; empty for kinds that are no text. */
  readonly text: string
  /** Of a name: the host that decides, in lower case, absent when there is none that can be compared. */
  readonly host?: string
  /** Of a mail address: what stands before the host, as written. */
  readonly mailbox?: string
  /** Parts of a directory name; absent when it is none that can be read. */
  readonly rdns?: readonly string[]
}

/** Prepares a name for comparisons by RFC 5280 section 4.2.1.10. */
export function readForMatch({ kind, content }: GeneralName): ReadName {
  const name: ReadName = {
    kind,
    bytes: content,
    text: '',
    lies: base => matchers[kind]?.(name, base) ?? 'unsure',
    ...readers[kind]?.(content),
  }
  return name
}

const readers: Readonly<Record<number, (content: Buffer) => Partial<ReadName>>> = {
  [nameKind.mail]: readMail,
  [nameKind.dns]: content => hostIn(content.toString('latin1').toLowerCase()),
  [nameKind.directoryName]: content => ({
    rdns: readable(() => directoryNameOf({ kind: nameKind.directoryName, content }).rdns),
  }),
  [nameKind.uri]: readUri,
}

const matchers: Readonly<Record<number, (name: ReadName, base: ReadName) => Match>> = {
  [nameKind.mail]: matchMail,
  [nameKind.dns]: matchDns,
  [nameKind.directoryName]: matchDirectoryName,
  [nameKind.uri]: matchUri,
  [nameKind.address]: matchAddress,
}

const hostForm = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/
/** RFC 1035 section 2.3.4; whatever is longer is no name of a host. */
const maxHostLength = 253
const isHost = (text: string) => text.length <= maxHostLength && hostForm.test(text)
const judged = (holds: boolean): Match => (holds ? 'inside' : 'outside')

function readMail(content: Buffer): Partial<ReadName> {
  const text = content.toString('latin1')
  const at = text.lastIndexOf('@')
  const host = text.slice(at + 1).toLowerCase()
  const parts = { text: text.toLowerCase(), mailbox: text.slice(0, Math.max(0, at)) }
  return at >= 1 && isHost(host) ? { ...parts, host } : parts
}

/** A name of hosts or a base of one; `host` is the part that a wildcard leaves. */
function hostIn(text: string): Partial<ReadName> {
  const host = text.replace(/^\*\./, '')
  return isHost(host) ? { text, host } : { text }
}

const uriForm = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#:@]+)(?::\d*)?(?:[/?#]|$)/

/** The host decides; a URI without one, or with an address, lies nowhere. */
function readUri(content: Buffer): Partial<ReadName> {
  const text = content.toString('latin1').toLowerCase()
  const host = uriForm.exec(text)?.[1]
  return host === undefined || !isHost(host) || /^[\d.]+$/.test(host) ? { text } : { text, host }
}

/** `a@host` is that mailbox, `host` every mailbox there, `.domain` every one at hosts below it. */
function matchMail({ host, text, mailbox }: ReadName, base: ReadName): Match {
  if (host === undefined) return 'unsure'
  if (!base.text.includes('@')) return matchHost(host, base.text)
  if (text !== base.text) return 'outside'
  // Case tells mailboxes apart (section 7.5), and nearly no host keeps to that.
  return mailbox === base.mailbox ? 'inside' : 'unsure'
}

/** A leading dot means hosts below, none means this host alone. */
function matchHost(host: string, base: string): Match {
  if (!isHost(base.replace(/^\./, ''))) return 'unsure'
  return judged(base.startsWith('.') ? host.endsWith(base) : host === base)
}

/** The base itself and whatever has labels before it. */
function matchDns({ text, host }: ReadName, { text: base }: ReadName): Match {
  if (host === undefined) return 'unsure'
  if (base === '') return 'inside'
  if (!isHost(base.replace(/^\./, ''))) return 'unsure'
  if (base.startsWith('.')) {
    // Not the form of RFC 5280: taken for hosts below, and no promise that the host itself lies outside.
    if (text.endsWith(base)) return 'inside'
    return text === base.slice(1) ? 'unsure' : 'outside'
  }
  if (text === base || text.endsWith(`.${base}`)) return 'inside'
  // A wildcard may stand for the base.
  return text !== host && base.endsWith(`.${host}`) ? 'unsure' : 'outside'
}

function matchUri({ host }: ReadName, { text: base }: ReadName): Match {
  return host === undefined ? 'unsure' : matchHost(host, base)
}

function matchDirectoryName({ rdns }: ReadName, base: ReadName): Match {
  if (!rdns || !base.rdns) return 'unsure'
  return judged(base.rdns.every((part, index) => rdns[index] === part))
}

/** An address and a mask, both of four or both of sixteen octets. */
function matchAddress({ bytes }: ReadName, base: ReadName): Match {
  const size = base.bytes.length / 2
  const isKnown = (length: number) => length === 4 || length === 16
  if (!isKnown(bytes.length) || !isKnown(size) || !isPrefixMask(base.bytes.subarray(size))) return 'unsure'
  if (bytes.length !== size) return 'outside'
  return judged(
    bytes.every((byte, index) => {
      const mask = base.bytes[size + index] ?? 0
      return (byte & mask) === ((base.bytes[index] ?? 0) & mask)
    }),
  )
}

function isPrefixMask(mask: Buffer): boolean {
  const bits = [...mask].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits)
}
