import { parseWorkingHours, standardHours } from '@docaxis/calendar'
import { type Setting, setting, wholeNumber } from './settings.ts'

const dayMinutes = 24 * 60

/** By when receivers owe what. Fetch limits are those of urgent documents (edXML section 13). */
export const deadlineSettings = {
  workingHours: setting(
    'DOCAXIS_WORKING_HOURS',
    standardHours,
    workingHours,
    'working hours of agencies for which the directory has none, such as Mo-Fr 07:30-11:30,13:30-17:00; Sa 07:30-11:30',
  ),
  urgentWorkingMinutes: fetchLimit('DOCAXIS_FETCH_URGENT_WORKING_MINUTES', '120', 'khẩn (1), in working minutes'),
  veryUrgentMinutes: fetchLimit('DOCAXIS_FETCH_VERY_URGENT_MINUTES', '30', 'thượng khẩn (2), in minutes'),
  mostUrgentMinutes: fetchLimit('DOCAXIS_FETCH_MOST_URGENT_MINUTES', '15', 'hỏa tốc (3, 4), in minutes'),
} as const

function workingHours(text: string): string {
  return parseWorkingHours(text).text
}

function fetchLimit(name: string, standard: string, whose: string): Setting<number> {
  const description = `how long a document may lie unfetched before both sides are told: ${whose}`
  return setting(name, standard, wholeNumber(1, 30 * dayMinutes), description)
}
