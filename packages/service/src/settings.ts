import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type AlgorithmEnds, readAlgorithmEnds } from '@docaxis/pki'

/** One setting: an environment variable, how its text is read, and what it means. */
export interface Setting<T> {
  readonly name: string
  /** Text that stands for an absent variable; undefined where there is none. */
  readonly standard: string | undefined
  /** @throws Error whose message ends the sentence "DOCAXIS_X …"; it never repeats the value of a secret */
  readonly parse: (text: string) => T
  readonly description: string
  /** Printed as `(set)` only. */
  readonly secret: boolean
}

/** A setting with a default value. */
export function setting<T>(
  name: string,
  standard: string,
  parse: (text: string) => T,
  description: string,
): Setting<T> {
  return { name, standard, parse, description, secret: false }
}

/** A setting that may be absent. */
export function optional<T>(
  name: string,
  parse: (text: string) => T,
  description: string,
  { secret = false } = {},
): Setting<T | undefined> {
  return { name, standard: undefined, parse, description, secret }
}

export function text(value: string): string {
  return value
}

/** Absolute: a later change of the working folder changes nothing. */
export function path(value: string): string {
  return resolve(value)
}

/** The file that the setting names, read at once: what is wrong in it is told with every other fault. */
export function algorithmEndsFile(value: string): AlgorithmEnds {
  const file = resolve(value)
  try {
    return readAlgorithmEnds(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`names ${file}: ${error instanceof Error ? error.message : 'it cannot be read'}`)
  }
}

export function list(value: string): readonly string[] {
  return value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

export function wholeNumber(least: number, most: number): (value: string) => number {
  return value => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    if (number >= least && number <= most) return number
    throw new Error(`must be a whole number from ${least} to ${most}`)
  }
}

export function oneOf<T extends string>(...words: readonly T[]): (value: string) => T {
  return value => {
    const word = words.find(candidate => candidate === value)
    if (word !== undefined) return word
    throw new Error(`must be ${words.join(' or ')}`)
  }
}

export function onOff(value: string): boolean {
  return oneOf('on', 'off')(value) === 'on'
}

/** RFC 3339 with a zone: nobody should have to guess whose midnight is meant. */
export function instant(value: string): Date {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(value)) {
    const at = new Date(value)
    if (!Number.isNaN(at.getTime())) return at
  }
  throw new Error('must be an instant with its zone, such as 2030-01-31T17:00:00Z')
}

export function databaseUrl(value: string): string {
  if (/^postgres(ql)?:\/\//.test(value)) return value
  throw new Error('must begin with postgres://')
}

export function brokers(value: string): readonly string[] {
  const hosts = list(value)
  if (hosts.length > 0 && hosts.every(host => /^[^\s:]+:\d+$/.test(host))) return hosts
  throw new Error('must be host:port, several with commas between')
}

/** `file:` with an absolute or relative path, as a `file:///` URL. */
export function blobUrl(value: string): string {
  if (value.startsWith('file://')) return pathToFileURL(fileURLToPath(value)).href
  if (value.startsWith('file:')) return pathToFileURL(resolve(value.slice('file:'.length))).href
  throw new Error('must begin with file:')
}

export function httpUrl(value: string): string {
  if (/^https?:\/\/[^\s/@]+(\/\S*)?$/.test(value) && URL.canParse(value)) return value
  throw new Error('must be an address that begins with http:// or https://')
}

/** Dotted object identifier. */
export function objectId(value: string): string {
  if (/^[0-2](\.(0|[1-9]\d*))+$/.test(value)) return value
  throw new Error('must be an object identifier such as 1.3.6.1.4.1.13762.3')
}

export function syslogUrl(value: string): string {
  if (/^(udp|tcp):\/\/[^\s/]+:\d+$/.test(value) || /^unix:\/.+/.test(value)) return value
  throw new Error('must be udp://host:port, tcp://host:port or unix:/path')
}

export function clamdUrl(value: string): string {
  if (/^tcp:\/\/[^\s/]+:\d+$/.test(value) || /^unix:\/.+/.test(value)) return value
  throw new Error('must be tcp://host:port or unix:/path')
}

/** Bases such as `/XrdAdapter`, without a slash at the end; `/` for none, which is the empty text. */
export function routeBases(value: string): readonly string[] {
  const bases = list(value)
  if (bases.every(base => /^(\/|(\/[\w.~-]+)+)$/.test(base))) return bases.map(base => (base === '/' ? '' : base))
  throw new Error('must be paths such as /XrdAdapter, several with commas between, / for none')
}

/** Addresses and networks in CIDR form; `*` stands for every address, `off` for none. */
export function networks(value: string): readonly string[] {
  const items = value === 'off' ? [] : list(value)
  if (items.every(item => item === '*' || isNetwork(item))) return items
  throw new Error('must be addresses or networks such as 10.0.0.0/8, several with commas between, or * or off')
}

function isNetwork(item: string): boolean {
  const [address = '', prefix, ...rest] = item.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}
