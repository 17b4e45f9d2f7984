import { directoryNameOf, nameKind } from '../general-names.ts'
import { readable } from '../readable.ts'
import type { GeneralName } from '../types.ts'

/** Whether a name lies below a base; `unsure` when one of them cannot be understood. */
export type Match = 'inside' | 'outside' | 'unsure'

/** A name or base of a constraint, read once for many comparisons. */
export interface ReadName {
  readonly kind: number
  readonly lies: (base: ReadName) => Match
  /** Text as far as it is compared without case; empty for kinds that are no text. */
  readonly text: string
  readonly bytes: Buffer
  /** Parts of a directory name; absent when it is none that can be read. */
  readonly rdns?: readonly string[]
}

/** Prepares a name for comparisons by RFC 5280 section 4.2.1.10. */
export function readForMatch({ kind, content }: GeneralName): ReadName {
  const text = kind === nameKind.directoryName || kind === nameKind.address ? '' : content.toString('latin1')
  const rdns = kind === nameKind.directoryName ? readable(() => directoryNameOf({ kind, content }).rdns) : undefined
  const name: ReadName = { kind, text, bytes: content, rdns, lies: base => matchers[kind]?.(name, base) ?? 'unsure' }
  return name
}

const matchers: Readonly<Record<number, (name: ReadName, base: ReadName) => Match>> = {
  [nameKind.mail]: matchMail,
  [nameKind.dns]: matchDns,
  [nameKind.directoryName]: matchDirectoryName,
  [nameKind.uri]: matchUri,
  [nameKind.address]: matchAddress,
}

const hostForm = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/
const isHost = (text: string) => hostForm.test(text)
const judged = (holds: boolean): Match => (holds ? 'inside' : 'outside')

/** `a@host` is that mailbox, `host` every mailbox there, `.domain` every one at hosts below it. */
function matchMail({ text }: ReadName, { text: base }: ReadName): Match {
  const at = text.lastIndexOf('@')
  const host = hostOf(text)
  if (at < 1 || !isHost(host)) return 'unsure'
  const baseAt = base.lastIndexOf('@')
  if (baseAt === -1) return matchHost(host, base.toLowerCase())
  if (text.slice(0, at).toLowerCase() !== base.slice(0, baseAt).toLowerCase() || host !== hostOf(base)) return 'outside'
  // Case tells mailboxes apart (section 7.5), and nearly no host keeps to that.
  return text.slice(0, at) === base.slice(0, baseAt) ? 'inside' : 'unsure'
}

function hostOf(mail: string): string {
  return mail.slice(mail.lastIndexOf('@') + 1).toLowerCase()
}

/** A leading dot means hosts below, none means this host alone. */
function matchHost(host: string, base: string): Match {
  if (!isHost(base.replace(/^\./, ''))) return 'unsure'
  return judged(base.startsWith('.') ? host.endsWith(base) : host === base)
}

/** The base itself and whatever has labels before it. */
function matchDns(name: ReadName, { text: written }: ReadName): Match {
  const text = name.text.toLowerCase()
  const base = written.toLowerCase()
  const stem = text.replace(/^\*\./, '')
  if (!isHost(stem)) return 'unsure'
  if (base === '') return 'inside'
  if (!isHost(base.replace(/^\./, ''))) return 'unsure'
  if (base.startsWith('.')) {
    // Not the form of RFC 5280: taken for hosts below, and no promise that the host itself lies outside.
    if (text.endsWith(base)) return 'inside'
    return text === base.slice(1) ? 'unsure' : 'outside'
  }
  if (text === base || text.endsWith(`.${base}`)) return 'inside'
  // A wildcard may stand for the base.
  return text !== stem && base.endsWith(`.${stem}`) ? 'unsure' : 'outside'
}

const uriForm = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#:@]+)(?::\d*)?(?:[/?#]|$)/

/** The host decides; a URI without one, or with an address, lies nowhere. */
function matchUri({ text }: ReadName, { text: base }: ReadName): Match {
  const host = uriForm.exec(text.toLowerCase())?.[1]
  if (host === undefined || !isHost(host) || /^[\d.]+$/.test(host)) return 'unsure'
  return matchHost(host, base.toLowerCase())
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
