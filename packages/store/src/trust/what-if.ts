import type { Sql } from '../database.ts'

/** An agency that seals with certificates of one authority, and whose traffic hangs on it. */
export interface SealingAgency {
  readonly code: string
  readonly name: string
  /** Agencies for which it may seal now. */
  readonly sealsFor: readonly string[]
  /** Documents accepted from it and from those since then. */
  readonly documents: number
}

const sealingSql = `
with sealing as (
  select agency.code, agency.name,
         coalesce(array_agg(mandate.principal order by mandate.principal) filter (where mandate.principal is not null),
                  '{}') as seals_for
    from agency
    left join (select distinct holder, principal
                 from mandate
                where valid_from <= $2 and (valid_to is null or $2 < valid_to)) as mandate on mandate.holder = agency.code
   where agency.code = any($1)
   group by agency.code, agency.name
)
select code, name, seals_for as "sealsFor",
       (select count(*)::integer
          from document
         where document.sender = any(sealing.seals_for || sealing.code) and document.kind = 'document'
           and document.accepted_at >= $3) as documents
  from sealing
 order by code`

/** What hangs on these agencies' seals, at `at`, counting documents since `since`. */
export async function listSealing(
  sql: Sql,
  codes: readonly string[],
  { at, since }: { readonly at: Date; readonly since: Date },
): Promise<SealingAgency[]> {
  const { rows } = await sql.query<SealingAgency>(sealingSql, [codes, at, since])
  return rows
}
