import { listExpiring } from '@docaxis/service'
import { type Database, listCrls, type Sql } from '@docaxis/store'
import {
  agencyNames,
  type ClaimedRule,
  codesInScope,
  documentFindings,
  emptyScope,
  type Finding,
  type Findings,
  hubAlerts,
  listHealth,
  queueFindings,
} from '@docaxis/store/console'

const nothing: Findings = { found: [], partial: false }
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Processes look at themselves every few seconds. */
const silentAfterSeconds = 90

/** What a rule is about at this moment, within what its account sees now. */
export async function findConditions(database: Database, tx: Sql, rule: ClaimedRule, at: Date): Promise<Findings> {
  const { kind, scope } = rule
  if (hubAlerts.has(kind) && !scope.everything) return nothing
  switch (kind) {
    case 'queue':
      return await queueFindings(tx, rule)
    case 'certificates':
      return whole(await endingCertificates(database, tx, rule, at))
    case 'revocation-lists':
      return whole(await endingLists(tx, rule.threshold, at))
    case 'health':
      return whole(await illProcesses(tx))
    default:
      return await documentFindings(tx, kind, rule)
  }
}

/** A key is one condition, whoever shares it: several agencies a certificate, several processes a service. */
function whole(found: readonly Finding[]): Findings {
  return { found: [...new Map(found.map(finding => [finding.key, finding])).values()], partial: false }
}

const quiet = { urgent: false, documents: [], count: 1 }

/** Told when the days that are left come down to the threshold, to a week, and to one. */
async function endingCertificates(database: Database, tx: Sql, rule: ClaimedRule, at: Date): Promise<Finding[]> {
  const { scope, subtrees, threshold } = rule
  const [ending, visible, wanted] = await Promise.all([
    listExpiring({ database, now: () => at }, { days: threshold }),
    codesInScope(tx, scope),
    subtrees.length === 0 ? undefined : codesInScope(tx, { ...emptyScope, subtrees }),
  ])
  const limits = [visible, wanted].flatMap(codes => (codes === undefined ? [] : [new Set<string | null>(codes)]))
  const mine = ending.filter(({ agencyCode }) => limits.every(codes => codes.has(agencyCode)))
  const names = await agencyNames(
    tx,
    mine.flatMap(({ agencyCode }) => agencyCode ?? []),
  )
  return mine.map(({ sha256, subject, notAfter, agencyCode }) => ({
    ...quiet,
    key: sha256,
    name: (agencyCode !== null && names.get(agencyCode)) || subject,
    since: notAfter,
    level: [7, 1].filter(days => notAfter.getTime() - at.getTime() <= days * dayMs).length,
  }))
}

/** Lists that end within so many hours: the next ones were not fetched, though they are ahead of time. */
async function endingLists(tx: Sql, hours: number, at: Date): Promise<Finding[]> {
  return (await listCrls(tx)).flatMap(({ issuer, issuerKey, scope, delta, nextUpdate }) => {
    const left = nextUpdate === undefined ? Number.POSITIVE_INFINITY : nextUpdate.getTime() - at.getTime()
    if (delta || nextUpdate === undefined || left > hours * hourMs) return []
    return [{ ...quiet, key: `${issuerKey} ${scope}`, name: issuer, since: nextUpdate, level: left <= 0 ? 1 : 0 }]
  })
}

/** Processes that say that something is wrong, or nothing any more. */
async function illProcesses(tx: Sql): Promise<Finding[]> {
  return (await listHealth(tx)).flatMap(({ services, checks, checkedAt, ageSeconds }) => {
    const process = services.join(', ')
    const ill = checks.filter(({ ok, advisory }) => !ok && !advisory).map(({ name }) => `${process}: ${name}`)
    const names = ageSeconds > silentAfterSeconds ? [process] : ill
    return names.map(name => ({ ...quiet, key: name, name, since: checkedAt, level: 0 }))
  })
}
