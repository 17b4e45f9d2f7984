import { type AlgorithmEnds, type AlgorithmName, endedFault } from '../algorithm-ends.ts'
import type { Fault } from '../algorithms.ts'
import { always, type Window } from './window.ts'

/** Ends of algorithms while one question is answered (V21). */
export interface AlgorithmWatch {
  fault(names: readonly AlgorithmName[]): Fault | undefined
  /** The same for what cannot have been made before that moment, such as a list that counts then. */
  notBefore(moment: Date): AlgorithmWatch
  /** How long the answers given so far stay the same. */
  holds(): Window
}

export function watchAlgorithms(ends: AlgorithmEnds, at: Date): AlgorithmWatch {
  let untilMs = always.until.getTime()
  const watchAt = (moment: Date): AlgorithmWatch => ({
    fault: names => {
      untilMs = Math.min(untilMs, ...names.map(name => (ends[name] ?? always.until).getTime() - 1))
      return endedFault(names, moment, ends)
    },
    notBefore: least => (least <= moment ? watchAt(moment) : watchAt(least)),
    holds: () => ({ from: always.from, until: new Date(untilMs) }),
  })
  return watchAt(at)
}
