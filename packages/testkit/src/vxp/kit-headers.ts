import { createHash, createHmac } from 'node:crypto'

/** Name and value of one header, in the spelling that goes over the wire. */
export type Header = readonly [name: string, value: string]

export interface SignedRequest {
  /** Names without the prefix, in the order in which they are signed. */
  readonly parameters: readonly Header[]
  readonly secret: string
}

const prefix = 'XroadVnpt-'

/** The headers of one kit call: every parameter, then what signs them. */
export function kitHeaders({ parameters, secret }: SignedRequest): Header[] {
  const signHeader = gson(parameters.map(([name, value]) => [`${prefix}${name}`, value]))
  return [
    ...parameters.map(([name, value]): Header => [`${prefix}${name}`, value]),
    [`${prefix}sign-header-key`, parameters.map(([name]) => name).join(';')],
    [`${prefix}sign-header`, signHeader],
    [`${prefix}hash-header`, createHmac('sha256', secret).update(signHeader, 'utf8').digest('hex')],
    [`${prefix}version`, '3.0.201608'],
    ['User-Agent', 'JAVASDKAgent/1.0.0 XRoad/VPCP'],
  ]
}

/** Compact JSON as Gson writes it: what could mean something in HTML is escaped. */
function gson(members: readonly Header[]): string {
  const escaped = (text: string) =>
    JSON.stringify(text).replace(
      /[<>&='\u2028\u2029]/g,
      char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  return `{${members.map(([name, value]) => `${escaped(name)}:${escaped(value)}`).join(',')}}`
}

/** SHA-256 as the kit prints it: `Integer.toHexString` of each byte, so that 0x0a becomes `a`. */
export function kitHash(file: Uint8Array): string {
  const digest = createHash('sha256').update(file).digest()
  return [...digest].map(byte => byte.toString(16)).join('')
}

/** `ddMMyyyy'T'HHmmss+SSSS` of a machine that stands in Vietnam, whatever this one's zone; milliseconds in four digits. */
export function kitTimestamp(at: Date): string {
  const [date = '', time = ''] = new Date(at.getTime() + 7 * 3_600_000).toISOString().split('T')
  const [year, month, day] = date.split('-')
  const ms = String(at.getUTCMilliseconds()).padStart(4, '0')
  return `${day}${month}${year}T${time.slice(0, 8).replaceAll(':', '')}+${ms}`
}
