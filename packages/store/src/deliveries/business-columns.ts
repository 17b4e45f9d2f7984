import type { BusinessState, ChangeKind, ChangeState, HandlingCode } from './business-states.ts'

/** The latest wish to change or take back: open, agreed (15), refused (16). */
export type BusinessChange = 'asked' | 'agreed' | 'refused'

/** The state machine's state as the columns of a delivery hold it. */
export interface BusinessColumns {
  readonly business_furthest: HandlingCode | null
  readonly business_change: BusinessChange | null
  readonly business_change_kind: ChangeKind | null
  /** Transport state. */
  readonly state: string
}

const columnsOf: Readonly<Record<ChangeState, readonly [BusinessChange | null, ChangeKind | null]>> = {
  none: [null, null],
  'take-back asked': ['asked', 'take-back'],
  'update asked': ['asked', 'update'],
  'revoke asked': ['asked', 'revoke'],
  'taken back': ['agreed', 'take-back'],
  updated: ['agreed', 'update'],
  revoked: ['agreed', 'revoke'],
  'change refused': ['refused', null],
  // Says the transport state alone.
  withdrawn: [null, null],
}

const asked = { 'take-back': 'take-back asked', update: 'update asked', revoke: 'revoke asked' } as const
const agreed = { 'take-back': 'taken back', update: 'updated', revoke: 'revoked' } as const

export function businessOf(row: BusinessColumns): BusinessState {
  return { furthest: row.business_furthest, change: changeOf(row) }
}

function changeOf({ state, business_change: change, business_change_kind: kind }: BusinessColumns): ChangeState {
  if (state === 'withdrawn') return 'withdrawn'
  switch (change) {
    case null:
      return 'none'
    case 'refused':
      return 'change refused'
    // Rows of the release before have no kind: only a 13 was applied then.
    case 'asked':
      return asked[kind ?? 'take-back']
    case 'agreed':
      return agreed[kind ?? 'take-back']
  }
}

export function changeColumns(change: ChangeState): {
  readonly change: BusinessChange | null
  readonly kind: ChangeKind | null
} {
  const [word, kind] = columnsOf[change]
  return { change: word, kind }
}
