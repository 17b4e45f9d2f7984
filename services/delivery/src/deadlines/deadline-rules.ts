import type { FetchLimits } from '@docaxis/calendar'
import type { HubConfig } from '@docaxis/service'

/** What an operator sets for all agencies. */
export interface DeadlineRules {
  /** Of agencies for which the directory has none. */
  readonly workingHours: string
  readonly fetchLimits: FetchLimits
}

type RuleSettings = Pick<HubConfig, 'workingHours' | keyof FetchLimits>

export function deadlineRules(config: RuleSettings): DeadlineRules {
  const { workingHours, urgentWorkingMinutes, veryUrgentMinutes, mostUrgentMinutes } = config
  return { workingHours, fetchLimits: { urgentWorkingMinutes, veryUrgentMinutes, mostUrgentMinutes } }
}
