import { parseWorkingHours, schedule, shippedYears, standardHours, workingDays } from '../src/index.ts'

export const days = workingDays(shippedYears)
export const office = schedule(days, parseWorkingHours(standardHours))

/** An instant as a clock in Ha Noi shows it: `2025-04-29 16:30`. */
export function hanoi(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}:00+07:00`)
}
