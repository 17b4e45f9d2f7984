import type { Finding } from '@docaxis/errors'
import { type FaultDetails, type FaultReason, faultTexts } from './fault-texts.ts'
import type { AgencyField } from './fields.ts'

/** One fault of an import file. `code` is such as `N.Agency.name` or `M.Agency.parent.Cycle`, `path` says `line 12, parent`. */
export interface ImportFault extends Finding {
  /** 1 for the first line of the file. */
  readonly line: number
  readonly field?: AgencyField
}

/** Gathers all faults of a file: every one is counted, the first ones are kept. */
export interface FaultList {
  readonly add: (line: number, reason: FaultReason, details?: FaultDetails, field?: AgencyField) => void
  readonly count: number
  /** In order of lines. */
  readonly faults: readonly ImportFault[]
}

/** @param limit how many faults are kept */
export function createFaultList(limit = 200): FaultList {
  const kept: ImportFault[] = []
  let count = 0
  return {
    add: (line, reason, details = {}, field) => {
      count += 1
      if (kept.length < limit) kept.push(faultOf(line, reason, details, field))
    },
    get count() {
      return count
    },
    get faults() {
      return kept.toSorted((left, right) => left.line - right.line)
    },
  }
}

function faultOf(line: number, reason: FaultReason, details: FaultDetails, field?: AgencyField): ImportFault {
  const shown = details.value === undefined ? details : { ...details, value: shorten(details.value) }
  return {
    code: codeOf(reason, field),
    path: field === undefined ? `line ${line}` : `line ${line}, ${field}`,
    severity: 'error',
    line,
    ...(field && { field }),
    ...faultTexts[reason]({ ...shown, ...(field && { field }) }),
    details: definedOnly(shown),
  }
}

/** `M.Agency.Cycle` on `parent` is `M.Agency.parent.Cycle`; `N.Agency` on `name` is `N.Agency.name`. */
function codeOf(reason: FaultReason, field?: AgencyField): string {
  if (field === undefined) return reason
  const [letter, subject, ...rest] = reason.split('.')
  return [letter, subject, field, ...rest].join('.')
}

function shorten(value: string): string {
  const characters = [...value]
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : value
}

function definedOnly(details: FaultDetails): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
}
