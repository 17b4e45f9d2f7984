import { HubError, verificationCodes } from '@docaxis/errors'
import { type Periodic, periodic, type ServiceDeps } from '@docaxis/service'
import {
  type AttachmentCheckKind,
  type CheckOutcome,
  claimChecks,
  type DueCheck,
  postponeCheck,
  settleCheck,
} from '@docaxis/store'
import { type CheckDeps, checkAttachment, refusalText } from './check-attachment.ts'
import type { AttachmentMetrics } from './metrics.ts'

export interface CheckerSettings {
  readonly everyMs: number
  /** How long a check may take before another worker takes it over; longer than any check does. */
  readonly leaseMs: number
  /** Pause after the first try that found too little; it doubles up to an hour. */
  readonly pauseMs: number
}

export const checkerDefaults: CheckerSettings = { everyMs: 1_000, leaseMs: 300_000, pauseMs: 60_000 }

/** A file that makes the check fail so often is given up: never VALID, and nobody waits for it any longer. */
const maxFailures = 8
const longestPauseMs = 3_600_000

export interface CheckerDeps extends CheckDeps, Pick<ServiceDeps, 'database' | 'logger' | 'clock'> {
  readonly metrics: AttachmentMetrics
  /** The process has no time to spare. */
  readonly busy: () => boolean
}

/**
 * Takes checks of one kind as they fall due, one at a time; run as many as there is work for. What nobody waits for gives
 * way where the process is busy: one of it in `everyMs`, then.
 */
export function attachmentChecker(deps: CheckerDeps, kind: AttachmentCheckKind, settings: CheckerSettings): Periodic {
  const { database, logger, clock, busy } = deps
  return periodic({
    everyMs: settings.everyMs,
    async work() {
      // Signatures wait for a clock that can be trusted (V54); what a scanner finds does not depend on it.
      if (kind === 'signatures' && clock.fault() !== undefined) return false
      const [check] = await claimChecks(database, { limit: 1, leaseMs: settings.leaseMs, kinds: [kind] })
      if (!check) return false
      await work(deps, check, settings)
      return check.holds || !busy()
    },
    onError: error => logger.error({ err: error }, 'attachments were not checked'),
  })
}

async function work(deps: CheckerDeps, check: DueCheck, settings: CheckerSettings): Promise<void> {
  const { database } = deps
  const pauseMs = Math.min(settings.pauseMs * 2 ** Math.min(check.attempts - 1, 20), longestPauseMs)
  // Counted before the work: a file that killed its process as often is not tried once more.
  if (check.failures > maxFailures) return settle(deps, check, givenUp(check))
  try {
    const result = await checkAttachment(deps, check)
    if (result.is === 'settled') return await settle(deps, check, result.outcome)
    await postponeCheck(database, check, { pauseMs, verdict: result.verdict })
    deps.metrics.checked.inc({ kind: check.kind, outcome: 'later' })
  } catch (error) {
    deps.logger.warn({ err: error, ...idsOf(check) }, 'an attachment could not be checked')
    deps.metrics.checked.inc({ kind: check.kind, outcome: 'failed' })
    // What the disk or the database refuses is no failure of the file.
    await postponeCheck(database, check, { pauseMs, blameless: error instanceof HubError && error.retryable })
  }
}

async function settle(deps: CheckerDeps, check: DueCheck, outcome: CheckOutcome): Promise<void> {
  const settled = await deps.database.transaction(tx => settleCheck(tx, check, outcome))
  if (!settled) return
  deps.metrics.checked.inc({ kind: check.kind, outcome: outcome.word })
  const refused = outcome.refusal !== undefined
  const facts = { ...idsOf(check), verdict: outcome.word, code: outcome.code, refused }
  if (refused || outcome.word === 'infected') deps.logger.warn(facts, 'an attachment is bad')
  else deps.logger.info(facts, 'attachment checked')
}

/** The default of every branch is refusal: what cannot be checked is never good. */
function givenUp(check: DueCheck): CheckOutcome {
  if (check.kind === 'malware') {
    const detail = 'the file could not be scanned'
    return { verdict: { result: 'unscanned', detail }, word: 'unscanned', code: 'unscanned', evidence: [] }
  }
  const code = 'PDF_UNSUPPORTED'
  const { verdict, state } = verificationCodes[code]
  const detail = `the check failed ${maxFailures} times`
  return {
    verdict: { verdict, code, state, rule: 'V59', detail, signatures: [] },
    word: verdict,
    code,
    evidence: [],
    ...(check.holds && { refusal: refusalText(check, code) }),
  }
}

function idsOf({ documentId, position, kind, sha256 }: DueCheck) {
  return { documentId, position, kind, sha256 }
}
