import type { Bilingual, Finding } from '@docaxis/errors'
import { createFaultList, type FaultList } from '../import/faults.ts'
import { type ReformFaultReason, reformFaultTexts } from './reform-fault-texts.ts'

/** One fault of a reform file. `path` is such as `line 12, changes[3].into`. */
export interface ReformFault extends Finding {
  /** 1 for the first line of the file. */
  readonly line: number
}

export interface ReformFaultDetails {
  readonly value?: string
  readonly other?: string
}

export type ReformFaultText = (details: ReformFaultDetails) => Bilingual & { readonly hint: Bilingual }

/** Gathers all faults of a reform file, those of the agencies in it too: every one is counted, the first ones are kept. */
export interface ReformFaults {
  readonly add: (path: string, reason: ReformFaultReason, details?: ReformFaultDetails) => void
  /** Faults of agencies as any directory file has them. */
  readonly ofAgencies: FaultList
  readonly lineOf: (path: string) => number
  readonly count: number
  /** In order of lines. */
  readonly faults: readonly ReformFault[]
}

const maxKept = 200

/** @param places line of each value, see `jsonPlaces` */
export function createReformFaults(places: ReadonlyMap<string, number>): ReformFaults {
  const ofAgencies = createFaultList(maxKept)
  const kept: ReformFault[] = []
  let count = 0
  const lineOf = (path: string) => places.get(path) ?? places.get(path.replace(/\.\w+$/, '')) ?? 1
  return {
    add(path, reason, details = {}) {
      count += 1
      if (kept.length >= maxKept) return
      const line = lineOf(path)
      kept.push({
        code: reason,
        path: path === '' ? `line ${line}` : `line ${line}, ${path}`,
        severity: 'error',
        line,
        ...reformFaultTexts[reason](details),
        details: { ...details },
      })
    },
    ofAgencies,
    lineOf,
    get count() {
      return count + ofAgencies.count
    },
    get faults() {
      return [...kept, ...ofAgencies.faults].toSorted((left, right) => left.line - right.line).slice(0, maxKept)
    },
  }
}
