// Months of Viet Nam as `yyyy-mm`, wherever the server stands.

const hanoiOffsetMs = 7 * 3_600_000

export function monthOf(at: Date): string {
  return new Date(at.getTime() + hanoiOffsetMs).toISOString().slice(0, 7)
}

/** Months since year 0. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1

/** So many months after, or before when negative. */
export function monthsFrom(month: string, count: number): string {
  const number = numberOf(month) + count
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}

/** How many months lie from one to another, both included; none or fewer when they stand the other way. */
export function monthsBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from) + 1
}
