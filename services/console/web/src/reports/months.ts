// Months of Viet Nam as `yyyy-mm`.

const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })

export function presentMonth(now = new Date()): string {
  return parts.format(now).slice(0, 7)
}

/** So many months after, or before when negative. */
export function monthsFrom(month: string, count: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}

/** `11/2026`. */
export const monthText = (month: string): string => month.split('-').reverse().join('/')

/** The last so many months, the newest first, with one more where the address names another. */
export function monthChoices(
  count: number,
  chosen: string,
): readonly { readonly value: string; readonly text: string }[] {
  const known = Array.from({ length: count }, (_, back) => monthsFrom(presentMonth(), -back))
  const months = known.includes(chosen) ? known : [...known, chosen].sort().reverse()
  return months.map(month => ({ value: month, text: monthText(month) }))
}

/** First and last day of a period. */
export function daysOf(from: string, to: string): { readonly from: string; readonly to: string } {
  const last = new Date(Date.UTC(Number(to.slice(0, 4)), Number(to.slice(5)), 0)).getUTCDate()
  return { from: `${from}-01`, to: `${to}-${String(last).padStart(2, '0')}` }
}
