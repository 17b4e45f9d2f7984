const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Life of an answer; without `nextUpdate` the policy's own (V41) stands for it. */
export interface AnswerLife {
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
}

const longestMs = 24 * hourMs
const shortestMs = minuteMs

/**
 * When to ask again after a good answer: at half of its life, so that one missed try or two leave it good (V41). Past that,
 * at half of what is left. Spread by a tenth, so that instances and authorities do not ask in step.
 *
 * @param random from 0 to 1
 */
export function dueAfterAnswer({ thisUpdate, nextUpdate }: AnswerLife, now: Date, random: number): number {
  const end = nextUpdate ?? new Date(thisUpdate.getTime() + 24 * hourMs)
  const half = (thisUpdate.getTime() + end.getTime()) / 2
  const wait = half > now.getTime() ? half - now.getTime() : (end.getTime() - now.getTime()) / 2
  return spread(Math.min(Math.max(wait, shortestMs), longestMs), random)
}

/** After so many failures in a row: a minute, doubling up to an hour. */
export function dueAfterFailure(failures: number, random: number): number {
  return spread(Math.min(minuteMs * 2 ** Math.min(failures, 10), hourMs), random)
}

function spread(ms: number, random: number): number {
  return Math.round(ms * (0.9 + random / 5))
}
