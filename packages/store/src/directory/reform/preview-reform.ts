import { type Agency, hanoiMidnight, type ReformPlan } from '@docaxis/directory'
import type { Tx } from '../../database.ts'
import { deliveriesInFlight, type InFlight } from '../../deliveries/delivery-in-flight.ts'
import { findTargets, type Sorted, sortInFlight } from '../../deliveries/sort-in-flight.ts'
import type { ReformFile } from './read-reform-file.ts'
import {
  type AffectedSystem,
  closingsJson,
  countNewBindings,
  countUnroutedReceivers,
  type EndingCertificate,
  type EndingMandate,
  findAffectedSystems,
  findEndingCertificates,
  findEndingMandates,
} from './reform-effects.ts'
import type { ReformFigures } from './reform-figures.ts'
import { findOpenTasks, type OpenTask } from './reform-tasks.ts'
import { findRedirects } from './succession.ts'

export interface TouchedAgency {
  readonly code: string
  readonly name: string
  readonly changes: readonly ('opened' | 'closed' | 'renamed' | 'moved' | 'rehomed')[]
  readonly parent: string | null
  /** Whose system serves it. */
  readonly center: string | null
  readonly successor: string | null
  readonly choices: readonly string[]
}

export interface TouchedDelivery {
  readonly id: string
  /** The hub's id of the packet. */
  readonly document: string
  readonly documentId: string
  readonly sender: string
  readonly receiver: string
  readonly becomes: 'moved' | 'joined' | 'returned'
  /** The successor; null for what comes back. */
  readonly to: string | null
  /** Why it comes back. */
  readonly reason: string | null
}

/** What a reform would touch now. Of each list the first ones; the figures count all. */
export interface ReformPreview {
  readonly name: string
  readonly title: string
  readonly effectiveOn: string
  readonly figures: ReformFigures
  readonly agencies: readonly TouchedAgency[]
  readonly systems: readonly AffectedSystem[]
  readonly certificates: readonly EndingCertificate[]
  readonly mandates: readonly EndingMandate[]
  readonly deliveries: readonly TouchedDelivery[]
  readonly tasks: readonly OpenTask[]
}

/** Looks, locks nothing and writes nothing. @param limit how much of each list */
export async function previewReformFile(tx: Tx, { reform, plan }: ReformFile, limit: number): Promise<ReformPreview> {
  const closings = closingsJson(plan.closings)
  const rows = await deliveriesInFlight(
    tx,
    plan.closings.map(({ code }) => code),
  )
  const sorted = await sortAhead(tx, rows, plan, reform.effectiveOn)
  const systems = await findAffectedSystems(tx, closings)
  const certificates = await findEndingCertificates(tx, closings)
  const mandates = await findEndingMandates(tx, closings)
  const tasks = await findOpenTasks(tx, closings)
  const unfinished = tasks.filter(({ kind }) => kind === 'unfinished')
  return {
    name: reform.name,
    title: reform.title,
    effectiveOn: reform.effectiveOn,
    figures: {
      agencies: agencyFigures(plan),
      systems: { affected: systems.length, bound: await countNewBindings(tx, closings) },
      certificates: certificates.length,
      mandates: mandates.length,
      documents: new Set(rows.map(({ documentId }) => documentId)).size,
      deliveries: {
        moved: sorted.moving.length,
        joined: sorted.joining.length,
        returned: sorted.returning.length,
        unrouted: await countUnroutedReceivers(tx, closings),
      },
      tasks: {
        requests: tasks.length - unfinished.length,
        unfinished: unfinished.length,
        inherited: unfinished.filter(({ heir }) => heir !== null).length,
      },
    },
    agencies: touchedAgencies(plan).slice(0, limit),
    systems: systems.slice(0, limit),
    certificates: certificates.slice(0, limit),
    mandates: mandates.slice(0, limit),
    deliveries: touchedDeliveries(sorted).slice(0, limit),
    tasks: tasks.slice(0, limit),
  }
}

async function sortAhead(tx: Tx, rows: readonly InFlight[], plan: ReformPlan, effectiveOn: string): Promise<Sorted> {
  const codes = plan.closings.map(({ code }) => code)
  const redirects = await findRedirects(tx, codes, hanoiMidnight(effectiveOn), plan.agencies)
  return sortInFlight(rows, redirects, await findTargets(tx, rows, redirects))
}

function agencyFigures({ agencies, closings, opened, renamed, moved, rehomed }: ReformPlan): ReformFigures['agencies'] {
  return {
    opened: opened.length,
    closed: closings.length,
    renamed: renamed.length,
    moved: moved.length,
    rehomed: rehomed.length,
    changed: agencies.length - opened.length,
  }
}

function touchedAgencies({ agencies, closings, opened, renamed, moved, rehomed }: ReformPlan): TouchedAgency[] {
  const kinds = {
    opened: new Set(opened),
    closed: new Set(closings.map(({ code }) => code)),
    renamed: new Set(renamed),
    moved: new Set(moved),
    rehomed: new Set(rehomed),
  }
  const words = ['opened', 'closed', 'renamed', 'moved', 'rehomed'] as const
  return agencies.map(({ code, name, parent, center, successor, choices = [] }: Agency) => ({
    code,
    name,
    changes: words.filter(word => kinds[word].has(code)),
    parent: parent ?? null,
    center: center ?? null,
    successor: successor ?? null,
    choices,
  }))
}

function touchedDeliveries({ moving, joining, returning }: Sorted): TouchedDelivery[] {
  return [
    ...moving.map(({ delivery, to }) => touched(delivery, 'moved', to, null)),
    ...joining.map(({ delivery, to }) => touched(delivery, 'joined', to, null)),
    ...returning.map(({ delivery, reason }) => touched(delivery, 'returned', null, reason)),
  ]
}

function touched(
  { id, documentId, documentName, sender, receiver }: InFlight,
  becomes: TouchedDelivery['becomes'],
  to: string | null,
  reason: string | null,
): TouchedDelivery {
  return { id, document: documentId, documentId: documentName, sender, receiver, becomes, to, reason }
}
