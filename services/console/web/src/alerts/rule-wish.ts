import type { AlertRule, RuleWish } from './alert-view.ts'

/** The form as it is typed. */
export interface RuleForm {
  readonly name: string
  readonly kind: RuleWish['kind']
  readonly threshold: string
  readonly leastPriority: string
  readonly subtrees: string
  readonly destinationId: string
  readonly language: string
  /** `minutes:30`, `hour:8`, or empty. */
  readonly digest: string
  /** Minutes of the day, or empty. */
  readonly quietFrom: string
  readonly quietTo: string
  readonly workingDays: boolean
  readonly withSubject: boolean
  readonly enabled: boolean
}

export function newRule(destinationId: string): RuleForm {
  return {
    name: '',
    kind: 'not-fetched',
    threshold: '1',
    leastPriority: '0',
    subtrees: '',
    destinationId,
    language: 'vi',
    digest: '',
    quietFrom: '',
    quietTo: '',
    workingDays: false,
    withSubject: false,
    enabled: true,
  }
}

const written = (number: number | null): string => (number === null ? '' : String(number))
const read = (text: string): number | null => (text === '' ? null : Number(text))

export function ruleFormOf(rule: AlertRule): RuleForm {
  const { digestMinutes, digestHour, quietFrom, quietTo, subtrees, threshold, leastPriority } = rule
  return {
    ...rule,
    threshold: String(threshold),
    leastPriority: String(leastPriority),
    subtrees: subtrees.join(', '),
    digest: digestMinutes !== null ? `minutes:${digestMinutes}` : digestHour !== null ? `hour:${digestHour}` : '',
    quietFrom: written(quietFrom),
    quietTo: written(quietTo),
  }
}

/** As the interface takes it. */
export function ruleWishOf(form: RuleForm): RuleWish {
  const [how, amount = ''] = form.digest.split(':')
  return {
    destinationId: form.destinationId,
    name: form.name.trim(),
    kind: form.kind,
    threshold: Number(form.threshold),
    leastPriority: Number(form.leastPriority),
    subtrees: listOf(form.subtrees),
    withSubject: form.withSubject,
    language: form.language === 'en' ? 'en' : 'vi',
    digestMinutes: how === 'minutes' ? read(amount) : null,
    digestHour: how === 'hour' ? read(amount) : null,
    quietFrom: read(form.quietFrom),
    quietTo: read(form.quietTo),
    workingDays: form.workingDays,
    enabled: form.enabled,
  }
}

/** What stands between commas. */
export function listOf(line: string): string[] {
  return line
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

/** Minutes of the day as `07:30`. */
export function clockText(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
