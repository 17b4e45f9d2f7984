import { hash, randomBytes } from 'node:crypto'
import { type Database, importAgencies, issueVxpSecret } from '@docaxis/store'
import type { HistoriesHub } from './hub.ts'
import { type Office, openOffice } from './office.ts'

/** The agencies of one history and who calls for them. Histories under way at once share none, so each is alone. */
export interface Circle {
  readonly codes: readonly string[]
  readonly offices: readonly Office[]
}

/** Each line is one e-office and the agencies behind it. The third speaks VXP as well. */
const plan = [['A'], ['B'], ['C', 'D'], ['E']] as const
const kit = 2

const parent = 'H99'
const openedOn = '2025-01-01'

/** Makes circles by the dozen: agencies, mandates to the center that seals, systems with tokens. */
export async function makeCircles(hub: HistoriesHub, names: readonly string[]): Promise<readonly Circle[]> {
  const planned = names.flatMap(name =>
    plan.map((letters, place) => ({
      name,
      id: `${name}-${place}`,
      codes: letters.map(letter => `${parent}.${name}${letter}`),
      token: `dax_${randomBytes(32).toString('base64url')}`,
    })),
  )
  const codes = planned.flatMap(({ codes }) => codes)
  await hub.database.transaction(tx =>
    importAgencies(
      tx,
      codes.map(code => ({
        code,
        oldCodes: [],
        name: nameOf(code),
        kind: 'agency' as const,
        level: 'commune' as const,
        parent,
        groups: [],
        validFrom: openedOn,
        canReceive: true,
        receivesForUnits: false,
      })),
      { mode: 'merge' },
    ),
  )
  await writeSystems(hub.database, planned)
  await hub.database.query(mandatesSql, [codes, hub.center.code, openedOn])

  const circles = names.map(name => planned.filter(system => system.name === name))
  const secrets = await issueSecrets(
    hub,
    circles.flatMap(systems => systems[kit]?.id ?? []),
  )
  return circles.map(systems => ({
    codes: systems.flatMap(system => system.codes),
    offices: systems.map(({ id, codes, token }) => {
      const secret = secrets.get(id)
      return openOffice(hub, { systemId: id, codes, token, ...(secret !== undefined && { secret }) })
    }),
  }))
}

function issueSecrets(
  { database, secrets }: HistoriesHub,
  systems: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return database.transaction(async tx => {
    const issued = new Map<string, string>()
    for (const id of systems) issued.set(id, (await issueVxpSecret(tx, secrets, id)).secret)
    return issued
  })
}

export function nameOf(code: string): string {
  return `Cơ quan ${code}`
}

interface PlannedSystem {
  readonly id: string
  readonly codes: readonly string[]
  readonly token: string
}

const systemsSql = `
insert into system (id, name, profile, signature_policy, status_policy, attachment_policy, bad_receiver, roles)
select id, id, 'strict', 'require-valid', 'require-valid', 'record', 'refuse-all', '{}' from unnest($1::text[]) as id`

const tokensSql = `
insert into system_token (token_sha256, system_id)
select decode(t.token, 'hex'), t.id from unnest($1::text[], $2::text[]) as t(token, id)`

const bindingsSql = `
insert into system_agency (system_id, agency_code)
select b.id, b.code from unnest($1::text[], $2::text[]) as b(id, code)`

const mandatesSql = `
insert into mandate (id, principal, holder, kind, valid_from)
select encode(substring(sha256(code::bytea) from 1 for 12), 'hex'), code, $2, 'transport', $3::date
  from unnest($1::text[]) as code`

async function writeSystems(database: Database, systems: readonly PlannedSystem[]): Promise<void> {
  const ids = systems.map(({ id }) => id)
  const bindings = systems.flatMap(({ id, codes }) => codes.map(code => ({ id, code })))
  await database.transaction(async tx => {
    await tx.query(systemsSql, [ids])
    await tx.query(tokensSql, [systems.map(({ token }) => hash('sha256', token)), ids])
    await tx.query(bindingsSql, [bindings.map(({ id }) => id), bindings.map(({ code }) => code)])
  })
}
