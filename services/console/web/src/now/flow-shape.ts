import type { Level } from '../parts/level-words.ts'
import type { Flow } from './now-view.ts'

/** One level at one side: where its band stands. */
export interface Band {
  readonly level: Level
  readonly y: number
  readonly height: number
  readonly documents: number
}

/** What one level sent to another: the outline between their bands. */
export interface Ribbon {
  readonly flow: Flow
  readonly path: string
}

export interface FlowShape {
  readonly height: number
  readonly senders: readonly Band[]
  readonly receivers: readonly Band[]
  readonly ribbons: readonly Ribbon[]
}

/** Height for all documents together; what is left between the bands is air. */
const fullHeight = 180
/** Two lines of text stand beside each band. */
const slotHeight = 56
/** One document is still seen. */
const thinnest = 2

/**
 * Bands of the levels at both sides, senders at the left, and ribbons between them as wide as what flows.
 *
 * @param left right edges of the bands at the left and at the right, in pixels
 */
export function flowShape(
  levels: readonly Level[],
  flows: readonly Flow[],
  { left, right }: { readonly left: number; readonly right: number },
): FlowShape {
  const all = flows.reduce((sum, { accepted }) => sum + accepted, 0)
  const width = ({ accepted }: Flow): number => Math.max(thinnest, all === 0 ? 0 : (accepted / all) * fullHeight)
  const senders = bands(levels, level => flows.filter(({ from }) => from === level), width)
  const receivers = bands(levels, level => flows.filter(({ to }) => to === level), width)

  const free = { senders: tops(senders), receivers: tops(receivers) }
  const place = (level: Level): number => levels.indexOf(level)
  const ordered = flows.toSorted((one, other) => place(one.from) - place(other.from) || place(one.to) - place(other.to))
  const ribbons = ordered.map(flow => {
    const thickness = width(flow)
    const from = take(free.senders, flow.from, thickness)
    const to = take(free.receivers, flow.to, thickness)
    return { flow, path: outline({ left, right, from, to, thickness }) }
  })
  const height = Math.max(bottom(senders), bottom(receivers))
  return { height, senders, receivers, ribbons }
}

function bands(
  levels: readonly Level[],
  of: (level: Level) => readonly Flow[],
  width: (flow: Flow) => number,
): readonly Band[] {
  let y = 0
  return levels.map(level => {
    const flows = of(level)
    const height = Math.max(
      thinnest,
      flows.reduce((sum, flow) => sum + width(flow), 0),
    )
    const band = { level, y, height, documents: flows.reduce((sum, { accepted }) => sum + accepted, 0) }
    y += Math.max(slotHeight, height + 16)
    return band
  })
}

function tops(list: readonly Band[]): Map<Level, number> {
  return new Map(list.map(({ level, y }) => [level, y]))
}

function take(free: Map<Level, number>, level: Level, thickness: number): number {
  const y = free.get(level) ?? 0
  free.set(level, y + thickness)
  return y
}

function bottom(list: readonly Band[]): number {
  return Math.max(0, ...list.map(({ y, height }) => Math.max(y + height, y + slotHeight - 16)))
}

interface Outline {
  readonly left: number
  readonly right: number
  readonly from: number
  readonly to: number
  readonly thickness: number
}

function outline({ left, right, from, to, thickness }: Outline): string {
  const middle = (left + right) / 2
  const there = `M${left} ${from}C${middle} ${from} ${middle} ${to} ${right} ${to}`
  const back = `v${thickness}C${middle} ${to + thickness} ${middle} ${from + thickness} ${left} ${from + thickness}z`
  return there + back
}
