import { type Sql, statement, type Tx } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'

export type StepVerdict = 'waiting' | 'passed' | 'failed'

/** A script of messages that is played with one e-office system. */
export interface ConformanceRun {
  readonly id: string
  readonly systemId: string
  /** The system's agency that plays along, and the hub's that it plays with. */
  readonly agency: string
  readonly counterpart: string
  readonly startedAt: Date
  readonly startedBy: string
  readonly endedAt: Date | null
  /** In the order of the script. */
  readonly steps: readonly ConformanceStep[]
}

export interface ConformanceStep {
  readonly step: string
  readonly verdict: StepVerdict
  /** What came, as a reason of the script. */
  readonly reason: string
  readonly details: Readonly<Record<string, unknown>>
  /** Hub ids of the documents that were sent for it, by their part in the step. */
  readonly documents: Readonly<Record<string, string>>
  readonly decidedAt: Date | null
}

export interface NewConformanceRun {
  readonly systemId: string
  readonly agency: string
  readonly counterpart: string
  readonly startedBy: string
  /** In their order, with what is known of each beforehand. */
  readonly steps: readonly Pick<ConformanceStep, 'step' | 'details'>[]
}

const endOpenSql = `
update conformance_run
   set ended_at = clock_timestamp()
 where system_id = $1 and ended_at is null`

const insertRunSql = `
insert into conformance_run (id, system_id, agency, counterpart, started_by)
values ($1, $2, $3, $4, $5)`

const insertStepsSql = `
insert into conformance_step (run_id, step, position, details)
select $1, given ->> 'step', position, given -> 'details'
  from jsonb_array_elements($2::jsonb) with ordinality as given (given, position)`

/** Begins a run; one that is still open with this system ends as it stands. @returns its id */
export async function createConformanceRun(tx: Tx, run: NewConformanceRun): Promise<string> {
  const id = newHubId()
  await tx.query(endOpenSql, [run.systemId])
  await tx.query(insertRunSql, [id, run.systemId, run.agency, run.counterpart, run.startedBy])
  await tx.query(insertStepsSql, [id, JSON.stringify(run.steps)])
  return id
}

const selectSql = `
select run.id, run.system_id as "systemId", run.agency, run.counterpart, run.started_at as "startedAt",
       run.started_by as "startedBy", run.ended_at as "endedAt",
       (select jsonb_agg(jsonb_build_object('step', step, 'verdict', verdict, 'reason', reason, 'details', details,
                                            'documents', documents, 'decidedAt', decided_at) order by position)
          from conformance_step where run_id = run.id) as steps
  from conformance_run as run`

/** @param systemId whose run it must be */
export async function findConformanceRun(sql: Sql, id: string, systemId: string): Promise<ConformanceRun | undefined> {
  const { rows } = await sql.query<RunRow>(`${selectSql} where run.id = $1 and run.system_id = $2`, [id, systemId])
  return rows[0] && runOf(rows[0])
}

/** Newest first. */
export async function listConformanceRuns(sql: Sql, systemId: string, limit: number): Promise<ConformanceRun[]> {
  const { rows } = await sql.query<RunRow>(
    `${selectSql} where run.system_id = $1 order by run.started_at desc, run.id limit $2`,
    [systemId, limit],
  )
  return rows.map(runOf)
}

const saveStepSql = `
update conformance_step
   set verdict = $3, reason = $4, details = $5, documents = $6,
       decided_at = case when $3 <> 'waiting' then clock_timestamp() end
 where run_id = $1 and step = $2 and verdict = 'waiting'`

/** A verdict that was given stands. */
export async function saveConformanceStep(
  tx: Tx,
  runId: string,
  { step, verdict, reason, details, documents }: Omit<ConformanceStep, 'decidedAt'>,
): Promise<void> {
  const values = [runId, step, verdict, reason, JSON.stringify(details), JSON.stringify(documents)]
  await tx.query(saveStepSql, values)
}

const endSql = `
update conformance_run
   set ended_at = coalesce(ended_at, clock_timestamp())
 where id = $1`

export async function endConformanceRun(tx: Tx, id: string): Promise<void> {
  await tx.query(endSql, [id])
}

const openSql = statement(
  'conformance.open',
  `
select id, counterpart
  from conformance_run
 where system_id = $1 and ended_at is null`,
)

export interface OpenConformanceRun {
  readonly id: string
  readonly counterpart: string
}

/** The run that is being played with a system. */
export async function findOpenConformanceRun(sql: Sql, systemId: string): Promise<OpenConformanceRun | undefined> {
  const { rows } = await sql.query<OpenConformanceRun>(openSql(systemId))
  return rows[0]
}

interface RunRow extends Omit<ConformanceRun, 'steps'> {
  readonly steps: readonly (Omit<ConformanceStep, 'decidedAt'> & { readonly decidedAt: string | null })[]
}

function runOf({ steps, ...run }: RunRow): ConformanceRun {
  return {
    ...run,
    steps: steps.map(step => ({ ...step, decidedAt: step.decidedAt === null ? null : new Date(step.decidedAt) })),
  }
}
