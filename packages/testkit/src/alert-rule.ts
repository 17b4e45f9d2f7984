import type { RuleWish } from '@docaxis/store/console'

/** A rule that tells at once of whatever is stuck, at any hour, without a subject. */
export const plainRule: Omit<RuleWish, 'destinationId'> = {
  name: 'Kẹt',
  kind: 'stuck',
  threshold: 1,
  leastPriority: 0,
  subtrees: [],
  withSubject: false,
  language: 'vi',
  digestMinutes: null,
  digestHour: null,
  quietFrom: null,
  quietTo: null,
  workingDays: false,
  enabled: true,
}
