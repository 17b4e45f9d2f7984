import { periodic } from '@docaxis/service'
import { liveSessions, type Scope, takeTrafficTurn } from '@docaxis/store/console'
import type { Console } from '../console.ts'
import { type NowView, readNow } from './now-view.ts'

/** Somebody who watches the first page. */
export interface Watcher {
  /** The token of their session: nothing is shown once it is over. */
  readonly session: string
  readonly scope: Scope
  readonly show: (view: NowView) => void
  /** Nothing has changed: keeps what lies between from taking the line for dead. */
  readonly beat: () => void
  readonly end: (why: 'session' | 'stopping') => void
}

export interface Live {
  start(): void
  stop(): Promise<void>
  watch(watcher: Watcher): { stop(): void }
}

export interface LiveSettings {
  /** While somebody watches. */
  readonly everyMs: number
  /** While nobody does: the counters by minute are kept all the same. */
  readonly restingMs: number
}

const defaults: LiveSettings = { everyMs: 5_000, restingMs: 60_000 }

interface Seat extends Watcher {
  shown: string
}

/** One loop for the whole process: each scope is read once a turn, however many watch it. */
export function createLive(console: Console, settings: LiveSettings = defaults): Live {
  const { database, logger } = console
  const seats = new Set<Seat>()

  const loop = periodic({
    everyMs: settings.everyMs,
    async work() {
      if (seats.size === 0) return false
      await takeTrafficTurn(database)
      await endSessions()
      for (const group of byScope(seats).values()) await showTo(group)
      return false
    },
    onError: error => logger.warn({ err: error }, 'the first page could not be brought up to date'),
  })
  const counting = periodic({
    everyMs: settings.restingMs,
    async work() {
      await takeTrafficTurn(database)
      return false
    },
    onError: error => logger.warn({ err: error }, 'the exchange of the last minutes could not be counted'),
  })

  async function endSessions(): Promise<void> {
    const tokens = [...seats].map(({ session }) => session)
    const live = await liveSessions(database, tokens)
    for (const seat of seats) if (!live.has(seat.session)) leave(seat, 'session')
  }

  async function showTo(group: readonly Seat[]): Promise<void> {
    const [first] = group
    if (!first) return
    const view = await readNow(console, first.scope)
    const text = JSON.stringify(view)
    for (const seat of group) {
      if (seat.shown === text) seat.beat()
      else seat.show(view)
      seat.shown = text
    }
  }

  function leave(seat: Seat, why: 'session' | 'stopping'): void {
    seats.delete(seat)
    seat.end(why)
  }

  return {
    start() {
      loop.start()
      counting.start()
      counting.nudge()
    },
    async stop() {
      for (const seat of seats) leave(seat, 'stopping')
      await Promise.all([loop.stop(), counting.stop()])
    },
    watch(watcher) {
      const seat: Seat = { ...watcher, shown: '' }
      seats.add(seat)
      loop.nudge()
      return { stop: () => seats.delete(seat) }
    },
  }
}

function byScope(seats: Iterable<Seat>): Map<string, Seat[]> {
  return Map.groupBy(seats, ({ scope }) => JSON.stringify(scope))
}
