/** edXML 6.2. 13 comes from the sender, all others from the receiver. */
export type BusinessCode = '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16'

const codes: ReadonlySet<string> = new Set<BusinessCode>(['01', '02', '03', '04', '05', '06', '13', '15', '16'])

/** Whether edXML 6.2 defines the code. Others are carried under the legacy profile and never applied. */
export function isBusinessCode(code: string): code is BusinessCode {
  return codes.has(code)
}

/** The sender's wish to change or take back a document: open, agreed (15), refused (16). */
export type BusinessChange = 'asked' | 'agreed' | 'refused'

export interface BusinessState {
  /** Furthest of 01–06 that was reached. */
  readonly furthest: BusinessCode | null
  readonly change: BusinessChange | null
}

export const noBusiness: BusinessState = { furthest: null, change: null }

interface HandlingRow {
  readonly expectedAfter: readonly (BusinessCode | null)[]
  /** A later report shows only when it leads further than what is shown. */
  readonly rank: number
}

/** What officials report on handling (edXML 9), each with what it is expected after. */
const handling: Readonly<Record<'01' | '02' | '03' | '04' | '05' | '06', HandlingRow>> = {
  '01': { expectedAfter: [null], rank: 1 },
  '02': { expectedAfter: [null, '01'], rank: 2 },
  '03': { expectedAfter: [null, '01'], rank: 3 },
  '04': { expectedAfter: ['03'], rank: 4 },
  '05': { expectedAfter: ['03', '04'], rank: 5 },
  '06': { expectedAfter: ['03', '04', '05'], rank: 6 },
}

/** An open wish is answered 15 or 16; one client writes 03 and 02 instead (edXML 9). */
const answers: Readonly<Record<string, '15' | '16' | undefined>> = { '15': '15', '16': '16', '03': '15', '02': '16' }

export interface BusinessMove {
  readonly state: BusinessState
  /** Does not fit the state reached before: kept and shown, never dropped. */
  readonly flagged: boolean
  /** What the code was taken for, where that differs. */
  readonly readAs?: '15' | '16'
}

/**
 * What one report does to the state of a delivery.
 *
 * @param code two digits as reported; codes outside edXML 6.2 change nothing and are flagged
 * @param changePacket the sender has sent an update or a revocation of this document
 */
export function applyReport(state: BusinessState, code: string, changePacket: boolean): BusinessMove {
  if (code === '13') return askChange(state)
  if (code === '15' || code === '16') return answerChange(state, code, changePacket)
  const readAs = state.change === 'asked' ? answers[code] : undefined
  if (readAs) return { ...answerChange(state, readAs, changePacket), readAs }
  return isHandling(code) ? reachState(state, code) : { state, flagged: true }
}

function askChange(state: BusinessState): BusinessMove {
  const flagged = state.furthest === '02' || state.change === 'agreed'
  return flagged ? { state, flagged } : { state: { ...state, change: 'asked' }, flagged }
}

function answerChange(state: BusinessState, answer: '15' | '16', changePacket: boolean): BusinessMove {
  const expected = state.change === 'asked' || (state.change === null && changePacket)
  const change = answer === '15' ? 'agreed' : 'refused'
  return { state: expected ? { ...state, change } : state, flagged: !expected }
}

function reachState(state: BusinessState, code: keyof typeof handling): BusinessMove {
  const flagged = !handling[code].expectedAfter.includes(state.furthest)
  return { state: { ...state, furthest: further(state.furthest, code) }, flagged }
}

function further(reached: BusinessCode | null, code: keyof typeof handling): BusinessCode {
  // A refusal that came in time is final for this sending; one that came late does not undo what was reached.
  if (reached === null || !isHandling(reached)) return code
  if (reached === '02') return reached
  return handling[code].rank > handling[reached].rank ? code : reached
}

function isHandling(code: string): code is keyof typeof handling {
  return Object.hasOwn(handling, code)
}

/** The code that a list shows: 13 and 15 while they stand, else the furthest state reached. */
export function shownBusiness(state: BusinessState): BusinessCode | null {
  if (state.change === 'asked') return '13'
  if (state.change === 'agreed') return '15'
  return state.furthest
}
