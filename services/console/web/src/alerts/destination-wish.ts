import type { Destination } from './alert-view.ts'
import { listOf } from './rule-wish.ts'

/** The form as it is typed; what a connection holds is never in it to begin with. */
export interface DestinationForm {
  readonly name: string
  readonly kind: 'mail' | 'webhook'
  readonly from: string
  readonly to: string
  readonly method: string
  readonly type: string
  readonly template: string
  readonly withConnection: boolean
  readonly host: string
  readonly port: string
  readonly security: string
  readonly user: string
  readonly password: string
  readonly url: string
  readonly headers: string
  readonly secret: string
}

export const newDestination: DestinationForm = {
  name: '',
  kind: 'mail',
  from: '',
  to: '',
  method: 'POST',
  type: 'json',
  template: '{"text": "{{title}}\\n{{text}}"}',
  withConnection: true,
  host: '',
  port: '587',
  security: 'starttls',
  user: '',
  password: '',
  url: '',
  headers: '',
  secret: '',
}

export function destinationFormOf({ name, target }: Destination): DestinationForm {
  const { kind } = target
  const shown = target.kind === 'mail' ? { from: target.from, to: target.to.join(', ') } : target
  return { ...newDestination, ...shown, name, kind, withConnection: false }
}

/** As the interface takes it. */
export function destinationWishOf(form: DestinationForm) {
  const { kind, from, to, method, type, template } = form
  const target = kind === 'mail' ? { kind, from: from.trim(), to: listOf(to) } : { kind, method, type, template }
  return { name: form.name.trim(), target, ...(form.withConnection && { connection: connectionOf(form) }) }
}

function connectionOf({ kind, host, port, security, user, password, url, headers, secret }: DestinationForm) {
  if (kind === 'mail') {
    const given = { ...(user && { user }), ...(password && { password }) }
    return { kind, host: host.trim(), port: Number(port), security, ...given }
  }
  return { kind, url: url.trim(), headers: headersOf(headers), ...(secret && { secret }) }
}

/** `Name: value`, one a line. */
function headersOf(lines: string): Readonly<Record<string, string>> {
  const pairs = lines
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const
    })
  return Object.fromEntries(pairs)
}
