import type { Tx } from '../../database.ts'
import { redirectDeliveries } from '../../deliveries/delivery-redirect.ts'
import { recordAudit } from '../../evidence/audit.ts'
import { importAgencies } from '../agency-import.ts'
import { directoryVersion } from '../agency-list.ts'
import type { ReformFile } from './read-reform-file.ts'
import {
  bindToSuccessors,
  closingsJson,
  countUnroutedReceivers,
  endCertificates,
  endMandates,
  findAffectedSystems,
} from './reform-effects.ts'
import type { ReformFigures } from './reform-figures.ts'
import { bequeathTasks, findOpenTasks, refuseRequests } from './reform-tasks.ts'
import { findRedirects } from './succession.ts'

export interface CarryOutOptions {
  /** Who does it, as audits name actors. */
  readonly actor: string
  /** By the database's clock; the reform is in force. */
  readonly at: Date
}

const closedSql = `
select count(*)::integer as closed
  from agency
 where version > $1 and valid_to = $2`

/**
 * Does everything that a reform means, in the caller's transaction. The figures are counted from what was written, not
 * from the plan; of the agencies that changed only the plan knows which were renamed, moved or rehomed.
 */
export async function carryOutReform(
  tx: Tx,
  { reform, plan }: ReformFile,
  { actor, at }: CarryOutOptions,
): Promise<ReformFigures> {
  const closings = closingsJson(plan.closings)
  const codes = plan.closings.map(({ code }) => code)
  const versionBefore = await directoryVersion(tx)
  const { added, changed } = await importAgencies(tx, plan.agencies, { mode: 'merge' })
  const { rows } = await tx.query<{ readonly closed: number }>(closedSql, [versionBefore, reform.effectiveOn])

  const affected = (await findAffectedSystems(tx, closings)).length
  const bound = await bindToSuccessors(tx, closings)
  const certificates = await endCertificates(tx, closings)
  const mandates = await endMandates(tx, closings)
  const unrouted = await countUnroutedReceivers(tx, closings)
  const tasks = await settleTasks(tx, closings, { actor, reform: reform.name })
  const redirects = await findRedirects(tx, codes, at)
  const { documents, ...deliveries } = await redirectDeliveries(tx, redirects, { actor, reform: reform.name })

  const figures: ReformFigures = {
    agencies: {
      opened: added,
      closed: rows[0]?.closed ?? 0,
      renamed: plan.renamed.length,
      moved: plan.moved.length,
      rehomed: plan.rehomed.length,
      changed,
    },
    systems: { affected, bound },
    certificates,
    mandates,
    documents,
    deliveries: { ...deliveries, unrouted },
    tasks,
  }
  await recordAudit(tx, [
    { actor, action: 'directory.reform', object: reform.name, outcome: 'applied', details: { figures } },
  ])
  return figures
}

async function settleTasks(
  tx: Tx,
  closings: string,
  { actor, reform }: { readonly actor: string; readonly reform: string },
): Promise<ReformFigures['tasks']> {
  const unfinished = (await findOpenTasks(tx, closings)).filter(({ kind }) => kind === 'unfinished').length
  const inherited = await bequeathTasks(tx, closings)
  const requests = await refuseRequests(tx, closings, { by: actor, reason: `cơ quan đã đóng theo ${reform}` })
  return { requests, unfinished, inherited }
}
