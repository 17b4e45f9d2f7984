import type { EffectAction } from '../documents/document.ts'

/** edXML 6.2. 13 comes from the sender, all others from the receiver. */
export type BusinessCode = '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16'

const codes: ReadonlySet<string> = new Set<BusinessCode>(['01', '02', '03', '04', '05', '06', '13', '15', '16'])

/** Whether edXML 6.2 defines the code. Others are carried under the legacy profile and never applied. */
export function isBusinessCode(code: string): code is BusinessCode {
  return codes.has(code)
}

/** What officials report on handling. */
export type HandlingCode = '01' | '02' | '03' | '04' | '05' | '06'

interface HandlingRow {
  readonly name: string
  readonly expectedAfter: readonly (HandlingCode | null)[]
  /** A later report shows only when it leads further than what is shown. */
  readonly rank: number
}

/** One half of the state machine: how far the receiver has handled the document (edXML 9). Null: nothing reported. */
export const handling: Readonly<Record<HandlingCode, HandlingRow>> = {
  '01': { name: 'arrived', expectedAfter: [null], rank: 1 },
  '02': { name: 'refused', expectedAfter: [null, '01'], rank: 2 },
  '03': { name: 'accepted', expectedAfter: [null, '01'], rank: 3 },
  '04': { name: 'assigned', expectedAfter: ['03'], rank: 4 },
  '05': { name: 'in process', expectedAfter: ['03', '04'], rank: 5 },
  '06': { name: 'finished', expectedAfter: ['03', '04', '05'], rank: 6 },
}

/** What the sender may wish for after it has sent a document. A replacement asks nothing: it is a document of its own. */
export type ChangeKind = Exclude<EffectAction, 'replace'>

/** The other half: what the sender wished for, and what came of it. */
export type ChangeState =
  | 'none'
  | 'take-back asked'
  | 'update asked'
  | 'revoke asked'
  | 'taken back'
  | 'updated'
  | 'revoked'
  | 'change refused'
  /** Taken back or revoked before the receiver had it. */
  | 'withdrawn'

/** `withdraw`: a take-back or a revocation that came before anything was fetched. `handle`: 01–06. */
export type ChangeEvent = ChangeKind | 'withdraw' | 'agree' | 'refuse' | 'handle'

interface ChangeMove {
  readonly from: readonly ChangeState[]
  readonly to: ChangeState
  /** Not after these reports. */
  readonly notAfter?: readonly HandlingCode[]
}

const asked: readonly ChangeState[] = ['take-back asked', 'update asked', 'revoke asked']
/** The document is with the receiver, or on its way there. A new wish stands in place of an open one. */
const standing: readonly ChangeState[] = ['none', 'updated', 'change refused', ...asked]

/** Every legal move of the second half (edXML 9). What is not here is recorded, flagged, and moves nothing. */
export const changeMoves: Readonly<Record<ChangeEvent, readonly ChangeMove[]>> = {
  'take-back': [{ from: standing, to: 'take-back asked', notAfter: ['02'] }],
  update: [{ from: standing, to: 'update asked' }],
  revoke: [{ from: standing, to: 'revoke asked' }],
  withdraw: [{ from: standing, to: 'withdrawn' }],
  agree: [
    { from: ['take-back asked'], to: 'taken back' },
    { from: ['update asked'], to: 'updated' },
    { from: ['revoke asked'], to: 'revoked' },
  ],
  refuse: [{ from: asked, to: 'change refused' }],
  /** Handling goes on; an agreed update is history then. */
  handle: [
    { from: ['updated'], to: 'none' },
    ...(['none', 'change refused', ...asked] as const).map(state => ({ from: [state], to: state })),
  ],
}

/** The whole state of one document at one receiver. */
export interface BusinessState {
  /** Furthest of 01–06 that was reached. */
  readonly furthest: HandlingCode | null
  readonly change: ChangeState
}

export const noBusiness: BusinessState = { furthest: null, change: 'none' }

export interface BusinessMove {
  readonly state: BusinessState
  /** Does not fit the state reached before: kept and shown, never dropped. */
  readonly flagged: boolean
  /** What the code was taken for, where that differs. */
  readonly readAs?: '15' | '16'
}

/** An open wish is answered 15 or 16; one client writes 03 and 02 instead (edXML 9). */
const answers: Readonly<Record<string, '15' | '16' | undefined>> = { '15': '15', '16': '16', '03': '15', '02': '16' }

/**
 * What one report does to the state of a delivery.
 *
 * @param code two digits as reported; codes outside edXML 6.2 change nothing and are flagged
 */
export function applyReport(state: BusinessState, code: string): BusinessMove {
  if (code === '13') return applyWish(state, 'take-back')
  const answer = isAsked(state.change) || !isHandling(code) ? answers[code] : undefined
  if (answer) return { ...applyAnswer(state, answer), ...(answer !== code && { readAs: answer }) }
  return isHandling(code) ? applyHandling(state, code) : { state, flagged: true }
}

/** What a wish of the sender does, or that it came before anything was fetched. */
export function applyWish(state: BusinessState, event: ChangeKind | 'withdraw'): BusinessMove {
  return moveChange(state, event)
}

function applyAnswer(state: BusinessState, answer: '15' | '16'): BusinessMove {
  return moveChange(state, answer === '15' ? 'agree' : 'refuse')
}

function applyHandling(state: BusinessState, code: HandlingCode): BusinessMove {
  const moved = moveChange(state, 'handle')
  // What was taken back, revoked or withdrawn is handled no further.
  if (moved.flagged) return moved
  const flagged = !handling[code].expectedAfter.includes(state.furthest)
  return { state: { ...moved.state, furthest: further(state.furthest, code) }, flagged }
}

function moveChange(state: BusinessState, event: ChangeEvent): BusinessMove {
  const move = changeMoves[event].find(
    ({ from, notAfter }) => from.includes(state.change) && !(state.furthest && notAfter?.includes(state.furthest)),
  )
  return move ? { state: { ...state, change: move.to }, flagged: false } : { state, flagged: true }
}

function further(reached: HandlingCode | null, code: HandlingCode): HandlingCode {
  if (reached === null) return code
  // A refusal that came in time is final for this sending; one that came late does not undo what was reached.
  if (reached === '02') return reached
  return handling[code].rank > handling[reached].rank ? code : reached
}

function isHandling(code: string): code is HandlingCode {
  return Object.hasOwn(handling, code)
}

export function isAsked(change: ChangeState): boolean {
  return asked.includes(change)
}

/** The code that a list shows: 13 and 15 while they stand, else the furthest state reached. */
export function shownBusiness({ change, furthest }: BusinessState): BusinessCode | null {
  switch (change) {
    case 'take-back asked':
      return '13'
    case 'taken back':
    case 'updated':
    case 'revoked':
      return '15'
    default:
      return furthest
  }
}
