import { workingDays } from '@docaxis/calendar'
import { type HubConfig, type Logger, type Periodic, periodic } from '@docaxis/service'
import { type Database, databaseTime, readCalendar, type Tx } from '@docaxis/store'
import {
  type ClaimedRule,
  claimAlerts,
  claimDueRule,
  insertAlertMessage,
  postponeRule,
  readConditions,
  type SettledAlert,
  settleAlert,
  storeConditions,
  tidyAlerts,
} from '@docaxis/store/console'
import { findConditions } from './find-conditions.ts'
import { judgeConditions } from './judge-conditions.ts'
import { type AlertSendOptions, sendAlert } from './send-alert.ts'
import { tellAt } from './tell-at.ts'
import { writeAlert } from './write-alert.ts'

export interface AlertSettings {
  /** How often a rule is looked at. */
  readonly ruleEveryMs: number
  /** How often it is asked whether a rule or a message is due. */
  readonly askEveryMs: number
  /** Messages under way in this process. */
  readonly concurrency: number
  /** Longer than any try takes. */
  readonly leaseMs: number
  /** As of when rules are judged; the database's clock unless given. */
  readonly clock?: () => Date
}

export interface AlertJobOptions {
  readonly config: Pick<HubConfig, 'publicUrl' | 'environment'>
  readonly database: Database
  readonly logger: Logger
  readonly settings: AlertSettings
  readonly send: AlertSendOptions
  readonly onSettled: (settled: SettledAlert) => void
}

/**
 * Looks at the rules of people and sends what they are to be told. Any number of processes share the work: a rule is
 * judged under its lock, and conditions and message are one transaction, so that nothing is told twice or lost.
 */
export function createAlertJob(options: AlertJobOptions): Periodic {
  const judging = periodic({
    everyMs: options.settings.askEveryMs,
    work: () => judgeNext(options, sending.nudge),
    onError: error => options.logger.error({ err: error }, 'a rule of alerts was not judged'),
  })
  const sending = periodic({
    everyMs: options.settings.askEveryMs,
    work: () => sendDue(options),
    onError: error => options.logger.error({ err: error }, 'alerts were not sent'),
  })
  return {
    start() {
      judging.start()
      sending.start()
    },
    nudge() {
      judging.nudge()
      sending.nudge()
    },
    async stop() {
      await Promise.all([judging.stop(), sending.stop()])
    },
  }
}

async function judgeNext(options: AlertJobOptions, sendNow: () => void): Promise<boolean> {
  const { database, settings } = options
  const { ruleEveryMs: everyMs } = settings
  const at = settings.clock?.() ?? (await databaseTime(database))
  let id: string | undefined
  try {
    const told = await database.transaction(async tx => {
      const rule = await claimDueRule(tx, { at, everyMs })
      id = rule?.id
      return rule ? await judgeRule(tx, options, rule, at) : false
    })
    if (told) sendNow()
    return id !== undefined
  } catch (error) {
    if (id !== undefined) await postponeRule(database, id, new Date(at.getTime() + everyMs))
    throw error
  }
}

/** @returns whether there is something to be sent */
async function judgeRule(tx: Tx, { config, database }: AlertJobOptions, rule: ClaimedRule, at: Date): Promise<boolean> {
  const { id: ruleId, destinationId, rights } = rule
  const calendar = await readCalendar(tx)
  const days = workingDays(calendar.years)
  const known = await readConditions(tx, ruleId)
  const findings = await findConditions(database, tx, rule, at)
  const { conditions, due } = judgeConditions(known, findings, at, urgent => tellAt(at, urgent, rule, days))
  await storeConditions(tx, ruleId, conditions, at)
  if (due.length === 0) return false
  await insertAlertMessage(tx, { ...writeAlert(rule, due, config), destinationId, ruleId, rights })
  return true
}

async function sendDue({ database, settings, send, onSettled }: AlertJobOptions): Promise<boolean> {
  await tidyAlerts(database)
  const { concurrency, leaseMs } = settings
  const claimed = await claimAlerts(database, { limit: concurrency, leaseMs })
  await Promise.all(
    claimed.map(async message => {
      const settled = await sendAlert(send, message)
      await settleAlert(database, settled)
      onSettled(settled)
    }),
  )
  return claimed.length > 0
}
