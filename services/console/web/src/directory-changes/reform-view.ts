import type { Fault } from '../api.ts'
import type { Seen } from './seen.ts'

// What the hub tells of reforms (`services/console/src/directory-changes/reform-routes.ts`).

export interface ReformFigures {
  readonly agencies: Readonly<Record<'opened' | 'closed' | 'renamed' | 'moved' | 'rehomed', number>>
  readonly systems: Readonly<Record<'affected' | 'bound', number>>
  readonly certificates: number
  readonly mandates: number
  readonly documents: number
  readonly deliveries: Readonly<Record<'moved' | 'joined' | 'returned' | 'unrouted', number>>
  readonly tasks: Readonly<Record<'requests' | 'unfinished' | 'inherited', number>>
}

export interface TouchedAgency {
  readonly code: string
  readonly name: string
  readonly changes: readonly ('opened' | 'closed' | 'renamed' | 'moved' | 'rehomed')[]
  readonly parent: string | null
  readonly center: string | null
  readonly successor: string | null
  readonly choices: readonly string[]
}

export interface ReformPreview {
  readonly seen: Seen
  readonly title: string
  readonly effectiveOn: string
  readonly figures: ReformFigures
  readonly agencies: readonly TouchedAgency[]
  readonly systems: readonly { readonly id: string; readonly closing: number; readonly remaining: number }[]
  readonly certificates: readonly {
    readonly sha256: string
    readonly agency: string
    readonly subject: string
    readonly endsAt: string
  }[]
  readonly mandates: readonly {
    readonly id: string
    readonly principal: string
    readonly holder: string
    readonly endsAt: string
  }[]
  readonly deliveries: readonly {
    readonly id: string
    readonly document: string
    readonly documentId: string
    readonly sender: string
    readonly receiver: string
    readonly becomes: 'moved' | 'joined' | 'returned'
    readonly to: string | null
  }[]
  readonly tasks: readonly {
    readonly kind: 'request' | 'unfinished'
    readonly id: string
    readonly agency: string
    readonly heir: string | null
  }[]
}

export interface Reform {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly effectiveOn: string
  readonly state: 'scheduled' | 'applied' | 'cancelled' | 'blocked'
  readonly preview: ReformFigures
  readonly outcome?: ReformFigures
  readonly faults?: readonly Fault[]
  readonly askedBy: string
  readonly askedAt: string
  readonly reason?: string
  readonly settledAt?: string
  readonly cancelledBy?: string
  readonly cancelReason?: string
}

/** A new agency stands there whole, any other by its code. */
type Target = string | { readonly code: string; readonly name: string }

/** One change as the file says it. */
export interface Deed {
  readonly do: 'merge' | 'split' | 'open' | 'rename' | 'move' | 'close'
  readonly code?: string
  readonly codes?: readonly string[]
  readonly into?: Target | readonly Target[]
  readonly agency?: Target
  readonly name?: string
  readonly parent?: string
  readonly successor?: string
}

export interface ReformDetail extends Reform {
  readonly basis?: string
  readonly changes: readonly Deed[]
  readonly changeCount: number
}
