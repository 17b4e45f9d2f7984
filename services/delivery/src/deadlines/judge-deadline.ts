import { type Deadline, type DeadlineStep, stepNames } from '@docaxis/calendar'
import type { DueDeadline, LookedAt } from '@docaxis/store'

/** What one look at a deadline finds. */
export interface Judgement {
  readonly look: LookedAt
  /** The step that is told now: of several that have passed, the last. */
  readonly told: DeadlineStep | null
}

const hourMs = 3_600_000
/** A held delivery is nobody's fault but the hub's: its deadlines wait with it. */
const heldPauseMs = hourMs / 4
/** One that is missed and told in full is still looked at, for its end. */
const missedPauseMs = 24 * hourMs

/**
 * Judges a deadline as of `at`. One that was met or is void ends without a word, also when it was met late; so does
 * what passed while no watcher ran, but for its last step: there is no storm after a pause.
 */
export function judgeDeadline(due: DueDeadline, { steps }: Pick<Deadline, 'steps'>, at: Date): Judgement {
  if (due.metAt) return ended(due, 'met', due.metAt)
  if (due.isVoid) return ended(due, 'void', at)
  if (due.transport === 'held') return waiting(due, new Date(at.getTime() + heldPauseMs))

  const ahead = steps.filter(step => rankOf(step) > due.step)
  const told = ahead.findLast(step => step.at <= at) ?? null
  const next = ahead.find(step => step.at > at)
  if (!told) return waiting(due, next?.at ?? new Date(at.getTime() + missedPauseMs))

  const isMissed = rankOf(told) >= missedRank
  return {
    look: {
      ...identity(due),
      state: isMissed ? 'missed' : 'open',
      step: rankOf(told),
      nextAt: next?.at ?? new Date(at.getTime() + missedPauseMs),
      endedAt: null,
      missed: isMissed && due.state === 'open' ? { at, transport: due.transport, business: due.business } : null,
    },
    told,
  }
}

/** Place of a step among all; 0 stands for none. */
export function rankOf({ name }: Pick<DeadlineStep, 'name'>): number {
  return stepNames.indexOf(name) + 1
}

const missedRank = rankOf({ name: 'missed' })

function ended(due: DueDeadline, state: 'met' | 'void', endedAt: Date): Judgement {
  return { look: { ...identity(due), state, step: due.step, nextAt: null, endedAt, missed: null }, told: null }
}

function waiting(due: DueDeadline, nextAt: Date): Judgement {
  const { state, step } = due
  return { look: { ...identity(due), state, step, nextAt, endedAt: null, missed: null }, told: null }
}

function identity({ deliveryId, kind }: DueDeadline) {
  return { deliveryId, kind }
}
