import type { ReceiveLimits } from './receive-limits.ts'

/** Administrative level. Data of the agency, never read from the shape of its code. */
export type Level = 'central' | 'province' | 'district' | 'commune'

/** Highest first. Districts ended on 2025-07-01 and stay as closed historic nodes. */
export const levels: readonly Level[] = ['central', 'province', 'district', 'commune']

/** `unit`: a part of an agency with a code of its own. `center`: a system operator that serves many agencies. */
export type AgencyKind = 'agency' | 'unit' | 'center'

export const agencyKinds: readonly AgencyKind[] = ['agency', 'unit', 'center']

/** One node of the directory. Dates are `yyyy-mm-dd`, days in Asia/Ho_Chi_Minh. */
export interface Agency {
  /** Opaque, 1–35 characters without comma or white space (edXML section 12). */
  readonly code: string
  /** The form of QCVN 102:2016, `000.00.00.H53`. */
  readonly code2016?: string
  /** Further codes under which it is still found. */
  readonly oldCodes: readonly string[]
  readonly name: string
  readonly shortName?: string
  readonly kind: AgencyKind
  readonly level: Level
  /** Code of the agency above. */
  readonly parent?: string
  /** Province or centrally run city, by name. */
  readonly locality?: string
  /** Ids of groups it belongs to, such as all communes of a province. */
  readonly groups: readonly string[]
  readonly mail?: string
  readonly validFrom?: string
  /** First day on which the code is closed. */
  readonly validTo?: string
  /** Day up to which a closed code may still send (edXML 12.4, grace period per node); that day excluded. */
  readonly graceUntil?: string
  /** Code that receives for this one once it is closed. Entered by a person, never derived. */
  readonly successor?: string
  /** Codes among which a sender must choose once it is closed: it was split and no single one follows it. */
  readonly choices?: readonly string[]
  /** Code of the center whose system serves it. */
  readonly center?: string
  readonly canReceive: boolean
  /** Takes what is addressed to units below it that cannot receive themselves. */
  readonly receivesForUnits: boolean
  /** Largest packet it takes; absent: whatever the hub takes. */
  readonly maxEnvelopeBytes?: number
  /** Extensions of the files it takes, without a dot and in small letters; absent: any. */
  readonly fileTypes?: readonly string[]
}

/** An agency as the directory keeps it. */
export interface AgencyRecord extends Agency {
  /** Grows with every change of any agency; two agencies never share one. */
  readonly version: number
  /** A tombstone: no longer resolved, kept so that copies of the directory learn of it. */
  readonly deleted: boolean
  readonly updatedAt: Date
}

/** Who fetches for an agency: an enabled system bound to it or to its center. */
export interface Connection {
  readonly connected: boolean
  /** When one of those systems last called; absent when none ever did. */
  readonly lastCalledAt?: Date
  /** When the first of them was set up: silence counts from here until the first call. */
  readonly connectedSince?: Date
  /** What at least one of those systems takes; absent: whatever the hub takes. */
  readonly limits?: ReceiveLimits
}

export interface DirectoryEntry {
  readonly agency: Agency
  readonly connection: Connection
}

/** Finds an agency by any of its forms: code, 2016 code, old code. Compared exactly. */
export type AgencyLookup = (code: string) => DirectoryEntry | undefined

/** 0 for central … 3 for commune. */
export function levelRank(level: Level): number {
  return levels.indexOf(level)
}
