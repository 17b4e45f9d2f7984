import type { ConformanceNote } from '@docaxis/store'

/** Which bytes of an envelope an answer was to carry; both ends included. */
export interface Part {
  readonly start: number
  readonly end: number
}

/** Whether the parts that left in full cover a delivery; `running` while one of them is still leaving. */
export function isWholeDownload(
  notes: readonly ConformanceNote[],
  deliveryId: string,
  sizeBytes: number,
): 'whole' | 'running' | 'cut' {
  const own = notes.filter(({ subject }) => subject === deliveryId)
  const ended = own.filter(({ kind }) => kind === 'download-ended')
  const parts = ended.filter(({ details }) => details.whole === true).map(({ details }) => details as unknown as Part)
  if (covered(parts) >= sizeBytes) return 'whole'
  return own.filter(({ kind }) => kind === 'download-begun').length > ended.length ? 'running' : 'cut'
}

/** How many bytes from the first on are there without a gap. */
function covered(parts: readonly Part[]): number {
  return parts
    .toSorted((left, right) => left.start - right.start)
    .reduce((reached, { start, end }) => (start <= reached ? Math.max(reached, end + 1) : reached), 0)
}
