/** A span of time, both ends inclusive. */
export interface Window {
  readonly from: Date
  readonly until: Date
}

const maxMs = 8.64e15
export const always: Window = { from: new Date(-maxMs), until: new Date(maxMs) }

/** The time that lies in all of them. */
export function within(...windows: readonly Window[]): Window {
  const spans = [always, ...windows]
  return {
    from: new Date(Math.max(...spans.map(({ from }) => from.getTime()))),
    until: new Date(Math.min(...spans.map(({ until }) => until.getTime()))),
  }
}
