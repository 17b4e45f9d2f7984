import type { PulsePoint } from './now-view.ts'

const minute = 60
const hour = 3_600
const day = 86_400

/** The four columns of a chart over the last 24 hours: one point a minute, nought where nothing happened. */
export function minuteLines(
  points: readonly PulsePoint[],
  nowSeconds: number,
): [number[], number[], number[], number[]] {
  const last = Math.floor(nowSeconds / minute) * minute
  const known = new Map(points.map(point => [point[0], point]))
  const lines: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let at = last - day + minute; at <= last; at += minute) {
    const [, ...values] = known.get(at) ?? [at, 0, 0, 0]
    lines[0].push(at)
    for (const [index, value] of values.entries()) lines[index + 1]?.push(value)
  }
  return lines
}

/** Sums of the hours in which something happened, newest first. */
export function hourSums(points: readonly PulsePoint[]): readonly PulsePoint[] {
  const sums = new Map<number, [number, number, number]>()
  for (const [at, accepted, fetched, acknowledged] of points) {
    const start = at - (at % hour)
    const known = sums.get(start) ?? [0, 0, 0]
    sums.set(start, [known[0] + accepted, known[1] + fetched, known[2] + acknowledged])
  }
  return [...sums].map(([at, values]) => [at, ...values] as const).toSorted((one, other) => other[0] - one[0])
}
