export { type CalendarYear, calendarFaults, type Holiday, type Swap, type YearOfDays } from './calendar-year.ts'
export {
  type Arrival,
  type Deadline,
  type DeadlineKind,
  type DeadlineStep,
  deadlineOf,
  type FetchLimits,
  type StepName,
  sendBy,
  stepNames,
} from './deadlines.ts'
export { dayMs, dayOf, dayText, minuteMs, parseDay, startOfDay } from './hanoi-time.ts'
export { officesUnder } from './offices.ts'
export { type Schedule, schedule, type WorkingDay } from './schedule.ts'
export { shippedYears } from './shipped-years.ts'
export { type WorkingDays, workingDays } from './working-days.ts'
export { parseWorkingHours, type Session, standardHours, type WorkingHours } from './working-hours.ts'
