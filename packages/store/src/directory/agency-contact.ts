import type { Tx } from '../database.ts'
import { lockDirectory } from './agency-import.ts'

/** What is absent stays; an empty text removes. */
export interface AgencyContact {
  readonly mail?: string
  readonly mobile?: string
  readonly fax?: string
}

const updateSql = `
update agency
   set mail = new.mail, mobile = new.mobile, fax = new.fax, version = nextval('directory_version'), updated_at = now()
  from (select code, nullif(coalesce($2, mail), '') as mail, nullif(coalesce($3, mobile), '') as mobile,
               nullif(coalesce($4, fax), '') as fax
          from agency) as new
 where agency.code = $1 and new.code = agency.code and not agency.deleted
   and (agency.mail, agency.mobile, agency.fax) is distinct from (new.mail, new.mobile, new.fax)`

/** How an agency is reached by people. @returns whether anything changed */
export async function updateAgencyContact(tx: Tx, code: string, contact: AgencyContact): Promise<boolean> {
  await lockDirectory(tx)
  const { mail, mobile, fax } = contact
  const { rowCount } = await tx.query(updateSql, [code, mail ?? null, mobile ?? null, fax ?? null])
  return rowCount === 1
}
