import { setTimeout as pause } from 'node:timers/promises'
import type { Conformance, Scorecard } from '../../conformance.ts'
import { driveSandbox, type Sandbox } from './drive-sandbox.ts'

export interface PlayOptions extends Sandbox {
  /** After this what still waits has failed; absent: wait until all is decided. */
  readonly within?: number
  /** Seconds between two turns. */
  readonly every: number
}

/** Turn by turn until every step is decided. @param tell is given the scorecard after each turn */
export async function play(
  conformance: Conformance,
  begun: Scorecard,
  options: PlayOptions,
  tell: (card: Scorecard) => void,
): Promise<Scorecard> {
  const until = options.within === undefined ? Infinity : performance.now() + options.within * 1_000
  let card = begun
  tell(card)
  while (card.endedAt === null) {
    await driveSandbox(options, card)
    card = await conformance.advance(card.id)
    tell(card)
    if (card.endedAt !== null) break
    if (performance.now() >= until) return conformance.finish(card.id)
    await pause(options.every * 1_000)
  }
  return card
}
