import { type AgencyKind, type Level, type LifecycleState, lifecycleState } from '@docaxis/directory'
import type { AgencyListing } from '@docaxis/store'
import { agencyNames, countBelow } from '@docaxis/store/console'
import type { Person } from '../access/person.ts'
import type { Console } from '../console.ts'

export interface NamedCode {
  readonly code: string
  /** Null: the directory does not know it any more. */
  readonly name: string | null
}

/** An agency as lists and the tree show it. */
export interface AgencyRow {
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly kind: AgencyKind
  readonly locality: string | null
  readonly lifecycle: LifecycleState
  /** First day on which it is closed. */
  readonly closedFrom: string | null
  readonly successor: NamedCode | null
  /** It was split: one of so many is chosen by whoever writes to it. */
  readonly choices: number
  readonly connected: boolean
  /** False: it was locked by its own word. */
  readonly canReceive: boolean
  readonly parent: NamedCode | null
  /** Agencies that the person sees directly below it. */
  readonly below: number
}

/** Listings with the names that belong to them. */
export async function agencyRows(
  { database, now }: Pick<Console, 'database' | 'now'>,
  { scope }: Pick<Person, 'scope'>,
  listings: readonly AgencyListing[],
): Promise<AgencyRow[]> {
  const codes = listings.map(({ agency }) => agency.code)
  const named = listings.flatMap(({ agency }) => [agency.parent ?? [], agency.successor ?? []].flat())
  const [names, below] = await Promise.all([agencyNames(database, named), countBelow(database, scope, codes)])
  const nameOf = (code: string | undefined) => (code === undefined ? null : { code, name: names.get(code) ?? null })
  return listings.map(({ agency, connection }) => ({
    code: agency.code,
    name: agency.name,
    level: agency.level,
    kind: agency.kind,
    locality: agency.locality ?? null,
    lifecycle: lifecycleState(agency, now()),
    closedFrom: agency.validTo ?? null,
    successor: nameOf(agency.successor),
    choices: agency.choices?.length ?? 0,
    connected: connection.connected,
    canReceive: agency.canReceive,
    parent: nameOf(agency.parent),
    below: below.get(agency.code) ?? 0,
  }))
}
