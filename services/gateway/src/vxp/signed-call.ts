import { VxpRefusal } from './refusal.ts'
import { parseSignHeader, type SignedHeader } from './sign-header.ts'

const prefix = 'xroadvnpt-'

/** One VXP call as its headers tell it; nothing is proved yet. */
export interface SignedCall {
  readonly systemid: string
  /** Text over whose UTF-8 bytes the HMAC is taken. */
  readonly signHeader: string
  /** `hash-header` as it came. */
  readonly mac: string
  /**
   * A parameter by its signed value, under the first of these spellings that is there; an empty one is absent.
   * Requires nothing: `requireSigned` does.
   */
  parameter(...names: readonly string[]): string | undefined
  /**
   * Every one of these headers must stand in the signed text with the same value, as often as it was sent; `docId` and
   * `docid` are one header to HTTP and two to the kit.
   *
   * @throws VxpRefusal 15
   */
  requireSigned(names: readonly string[]): void
}

/**
 * @param rawHeaders names and values in turn, as they came (`IncomingMessage.rawHeaders`): Node.js joins doubled ones
 * @throws VxpRefusal 15: what identifies and signs a call is missing, doubled or unreadable
 */
export function readSignedCall(rawHeaders: readonly string[]): SignedCall {
  const sent = byLowerName(pairs(rawHeaders).filter(({ name }) => name.toLowerCase().startsWith(prefix)))
  const systemid = single(sent, 'systemid')
  const signHeader = single(sent, 'sign-header')
  const mac = single(sent, 'hash-header')
  const members = parseSignHeader(signHeader)
  if (!members) throw new VxpRefusal('sign-header-unreadable')
  const signed = byLowerName(members)

  return {
    systemid,
    signHeader,
    mac,
    parameter: (...names) => names.map(name => signedValue(signed, name)).find(Boolean),
    requireSigned: names => {
      for (const name of names) requireSame(name, valuesOf(sent, name), signed.get(lowerName(name)) ?? [])
    },
  }
}

type Headers = ReadonlyMap<string, readonly SignedHeader[]>

function pairs(rawHeaders: readonly string[]): SignedHeader[] {
  const headers: SignedHeader[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push({ name: rawHeaders[index] ?? '', value: rawHeaders[index + 1] ?? '' })
  }
  return headers
}

function byLowerName(headers: readonly SignedHeader[]): Headers {
  return Map.groupBy(headers, ({ name }) => name.toLowerCase())
}

const lowerName = (parameter: string): string => `${prefix}${parameter.toLowerCase()}`

function valuesOf(headers: Headers, parameter: string): string[] {
  return (headers.get(lowerName(parameter)) ?? []).map(({ value }) => value.trim())
}

function single(headers: Headers, parameter: string): string {
  const [value, ...others] = valuesOf(headers, parameter)
  if (!value) throw new VxpRefusal('header-missing', { header: parameter })
  if (others.length > 0) throw new VxpRefusal('header-doubled', { header: parameter })
  return value
}

/** In exactly this spelling before any other: `docId` and `docid` may stand side by side. */
function signedValue(signed: Headers, parameter: string): string | undefined {
  const named = signed.get(lowerName(parameter)) ?? []
  const exact = named.find(({ name }) => name.slice(prefix.length) === parameter)
  return (exact ?? (named.length === 1 ? named[0] : undefined))?.value.trim() || undefined
}

function requireSame(parameter: string, sent: readonly string[], signed: readonly SignedHeader[]): void {
  const details = { header: parameter }
  if (new Set(signed.map(({ name }) => name)).size < signed.length) throw new VxpRefusal('header-doubled', details)
  if (sent.length > 0 && signed.length === 0) throw new VxpRefusal('header-unsigned', details)
  if (sent.length > signed.length) throw new VxpRefusal('header-doubled', details)
  if (sent.length < signed.length) throw new VxpRefusal('header-missing', details)
  const values = signed.map(({ value }) => value.trim())
  if (sent.toSorted().join('\n') !== values.toSorted().join('\n')) throw new VxpRefusal('header-differs', details)
}
