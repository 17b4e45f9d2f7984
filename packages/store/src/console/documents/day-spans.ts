/**
 * The fewest whole years, months and days that make up a period, as `yyyy`, `yyyy-mm` and `yyyy-mm-dd`.
 *
 * @param from first day, `yyyy-mm-dd`
 * @param to last day, included
 */
export function spansBetween(from: string, to: string): string[] {
  const spans: string[] = []
  const end = dayAfter(to)
  for (let day = from; day < end; ) {
    const span = spansFrom(day).find(({ next }) => next <= end)
    if (!span) break
    spans.push(span.name)
    day = span.next
  }
  return spans
}

interface Span {
  readonly name: string
  /** The day after it. */
  readonly next: string
}

/** What begins on a day, the longest first. */
function spansFrom(day: string): Span[] {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return [
    ...(day.endsWith('-01-01') ? [{ name: day.slice(0, 4), next: dayOf(year + 1, 0, 1) }] : []),
    ...(day.endsWith('-01') ? [{ name: day.slice(0, 7), next: dayOf(year, month, 1) }] : []),
    { name: day, next: dayAfter(day) },
  ]
}

function dayAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return dayOf(year, month - 1, date + 1)
}

const dayOf = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10)
