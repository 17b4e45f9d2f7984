// What the interface says of the settings: `services/console/src/settings`.

export interface Holiday {
  /** First day off, `2026-02-16`. */
  readonly from: string
  readonly to: string
  readonly name: string
}

export interface CalendarYear {
  readonly year: number
  readonly source: 'operator' | 'release'
  readonly confirmed: boolean
  readonly holidays: readonly Holiday[]
  readonly swaps: readonly { readonly off: string; readonly work: string }[]
}

export interface OwnHours {
  readonly agency: string
  readonly name: string
  readonly hours: string
}

export interface Calendar {
  readonly years: readonly CalendarYear[]
  readonly standardHours: string
  readonly hours: readonly OwnHours[]
}

export interface Rules {
  readonly environment: 'test' | 'production'
  readonly urgentWorkingMinutes: number
  readonly veryUrgentMinutes: number
  readonly mostUrgentMinutes: number
  readonly leaseMinutes: number
  readonly attempts: number
  readonly largestEnvelopeBytes: number
  readonly callsPerMinute: number
  readonly anchorOperators: 'one' | 'two'
  readonly lateRevocation: 'record' | 'hold'
  readonly malware: 'off' | 'record' | 'refuse'
}

export interface Retention {
  readonly webhookDays: number
  readonly alertDays: number
  readonly keyDays: number
  readonly vxpCalls: number
  readonly pulseHours: number
}

export interface Settings {
  readonly calendar: Calendar
  readonly rules: Rules
  readonly retention: Retention
}
