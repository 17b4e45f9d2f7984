import type { Agency } from '../agency.ts'
import type { Reform, ReformClosing } from './reform.ts'
import type { ReformFaults } from './reform-faults.ts'

/** Paths of changes by the code that they change, for each kind of change. */
export interface Touched {
  readonly opened: Map<string, string>
  readonly closed: Map<string, string>
  readonly renamed: Map<string, string>
  readonly moved: Map<string, string>
  readonly rehomed: Map<string, string>
}

/** A plan in the making: `agencies` holds each that differs, as far as the changes read so far say. */
export interface Draft extends Touched {
  readonly reform: Reform
  readonly before: ReadonlyMap<string, Agency>
  readonly agencies: Map<string, Agency>
  readonly closings: Map<string, ReformClosing>
  readonly faults: ReformFaults
}
