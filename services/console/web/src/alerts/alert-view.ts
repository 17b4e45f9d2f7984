import { queryOptions } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { keyOf } from '../parts/section.tsx'

export const alertKinds = [
  'stuck',
  'held',
  'not-fetched',
  'late',
  'due-soon',
  'escalated',
  'refused',
  'failed',
  'dead-letter',
  'queue',
  'certificates',
  'revocation-lists',
  'health',
] as const
export type AlertKind = (typeof alertKinds)[number]

/** A rule as it is asked for. */
export interface RuleWish {
  readonly destinationId: string
  readonly name: string
  readonly kind: AlertKind
  readonly threshold: number
  readonly leastPriority: number
  readonly subtrees: readonly string[]
  readonly withSubject: boolean
  readonly language: 'vi' | 'en'
  readonly digestMinutes: number | null
  readonly digestHour: number | null
  readonly quietFrom: number | null
  readonly quietTo: number | null
  readonly workingDays: boolean
  readonly enabled: boolean
}

export interface AlertRule extends RuleWish {
  readonly id: string
  readonly accountId: string
  readonly login: string
  readonly stopped: boolean
  readonly conditions: number
}

export type MailTarget = { readonly kind: 'mail'; readonly from: string; readonly to: readonly string[] }
export interface WebhookTarget {
  readonly kind: 'webhook'
  readonly method: 'GET' | 'POST'
  readonly type: 'json' | 'form' | 'text'
  readonly template: string
}

export interface Destination {
  readonly id: string
  readonly accountId: string
  readonly login: string
  readonly name: string
  readonly target: MailTarget | WebhookTarget
  /** What may be seen of it. */
  readonly connection: {
    readonly host: string
    readonly port?: number
    readonly security?: 'tls' | 'starttls' | 'none'
    readonly secret: boolean
  }
}

export interface AlertMessage {
  readonly id: string
  readonly destination: string
  readonly rule: string | null
  readonly title: string
  readonly text: string
  readonly count: number
  readonly urgent: boolean
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly attempts: number
  readonly createdAt: string
  readonly dueAt: string | null
  readonly settledAt: string | null
  readonly answer: string | null
}

export interface Items<Row> {
  readonly items: readonly Row[]
  readonly next?: string
}

function listOf<Row>(path: string) {
  return queryOptions({ queryKey: keyOf(path), queryFn: ({ signal }) => api<Items<Row>>(path, { signal }) })
}

export const rulesQuery = listOf<AlertRule>('/alerts/rules')
export const destinationsQuery = listOf<Destination>('/alerts/destinations')
