import {
  type AgencyLookup,
  ancestors,
  normalizeCode,
  openChoices,
  type ReceiveLimits,
  receiveLimits,
  resolveReceiver,
} from '@docaxis/directory'
import { type AgencyListing, findAgencies, inheritedAgencies } from '@docaxis/store'
import { agencyNames } from '@docaxis/store/console'
import type { Person } from '../access/person.ts'
import type { Console } from '../console.ts'
import { type AgencyRow, agencyRows, type NamedCode } from './agency-rows.ts'
import { getSeenAgency } from './seen-agency.ts'

/** Who an agency is, and whether a document written to it arrives. */
export interface AgencyView extends Omit<AgencyRow, 'choices'> {
  readonly code2016: string | null
  readonly oldCodes: readonly string[]
  readonly shortName: string | null
  readonly groups: readonly string[]
  readonly mail: string | null
  readonly validFrom: string | null
  readonly graceUntil: string | null
  /** The agencies above, the nearest last. */
  readonly path: readonly NamedCode[]
  readonly center: NamedCode | null
  readonly choices: readonly NamedCode[]
  /** Closed agencies whose successor it is. */
  readonly predecessors: readonly NamedCode[]
  readonly receiving: ReceivingView
  readonly lastCalledAt: string | null
  readonly limits: LimitsView
}

/** What becomes of a document that is written to it, by the rules of acceptance. */
export interface ReceivingView {
  /** Who would receive; null: nobody. */
  readonly by: NamedCode | null
  readonly forwarded: 'successor' | 'parent' | null
  readonly fault: 'closed' | 'locked' | 'not-connected' | 'unknown' | null
  /** Its system has not called for two working days. */
  readonly silent: boolean
}

interface LimitsView {
  /** By its own word; null: whatever the hub takes. */
  readonly maxEnvelopeBytes: number | null
  readonly fileTypes: readonly string[]
  /** With what the systems take that fetch for it, and the hub. */
  readonly effectiveBytes: number
  /** Null: any. */
  readonly effectiveTypes: readonly string[] | null
  readonly hubBytes: number
}

const mostPredecessors = 100

const faults = {
  'R.MessageHeader.To.OrganId': 'unknown',
  'M.MessageHeader.To.Closed': 'closed',
  'M.MessageHeader.To.Locked': 'locked',
  'M.MessageHeader.To.NotConnected': 'not-connected',
} as const

/** @throws HubError `NOT_FOUND` */
export async function viewAgency(console: Console, person: Person, code: string): Promise<AgencyView> {
  const { database, config, now } = console
  const listing = await getSeenAgency(console, person, code)
  const { agency, connection } = listing
  const [[row], around, inherited] = await Promise.all([
    agencyRows(console, person, [listing]),
    findAgencies(database, [agency.code]),
    inheritedAgencies(database, [agency.code]),
  ])
  if (!row) throw new Error('an agency has no row')
  const lookup: AgencyLookup = written => around.get(normalizeCode(written))
  const choices = openChoices(agency, now(), lookup)
  const known = inherited.slice(0, mostPredecessors)
  const names = await agencyNames(database, [...known, ...(agency.center ? [agency.center] : [])])
  const named = (one: string): NamedCode => ({ code: one, name: names.get(one) ?? null })
  return {
    ...row,
    code2016: agency.code2016 ?? null,
    oldCodes: agency.oldCodes,
    shortName: agency.shortName ?? null,
    groups: agency.groups,
    mail: agency.mail ?? null,
    validFrom: agency.validFrom ?? null,
    graceUntil: agency.graceUntil ?? null,
    path: [...ancestors(agency, lookup)].map(above => nameOf(above.agency)).reverse(),
    center: agency.center ? named(agency.center) : null,
    choices: choices.map(nameOf),
    predecessors: known.map(named),
    receiving: receivingOf(agency.code, now(), lookup),
    lastCalledAt: connection.lastCalledAt?.toISOString() ?? null,
    limits: limitsOf(listing, config.maxEnvelopeBytes),
  }
}

const nameOf = ({ code, name }: { readonly code: string; readonly name: string }): NamedCode => ({ code, name })

function receivingOf(code: string, at: Date, lookup: AgencyLookup): ReceivingView {
  const { resolved, name = null, forwarded = null, fault, warnings } = resolveReceiver(code, at, lookup)
  return {
    by: fault || !resolved ? null : { code: resolved, name },
    forwarded,
    fault: fault ? faults[fault] : null,
    silent: warnings.includes('M.MessageHeader.To.Silent'),
  }
}

function limitsOf(listing: AgencyListing, hubBytes: number): LimitsView {
  const { agency } = listing
  const { maxEnvelopeBytes = hubBytes, fileTypes }: ReceiveLimits = receiveLimits(listing) ?? {}
  return {
    maxEnvelopeBytes: agency.maxEnvelopeBytes ?? null,
    fileTypes: agency.fileTypes ?? [],
    effectiveBytes: Math.min(maxEnvelopeBytes, hubBytes),
    effectiveTypes: fileTypes ?? null,
    hubBytes,
  }
}
