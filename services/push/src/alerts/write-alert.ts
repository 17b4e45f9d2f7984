import type { AlertRule, AlertText, Finding } from '@docaxis/store/console'
import { alertLink } from './alert-link.ts'
import { alertWords, kindWords } from './alert-words.ts'
import { oneLine } from './one-line.ts'

export interface WriteOptions {
  /** Where people reach the console; without it there is no link. */
  readonly publicUrl: string | undefined
  readonly environment: 'test' | 'production' | undefined
}

const longestName = 200
const longestSubject = 300
/** Of one message; the rest is a number. */
const mostLines = 40
const mostCharacters = 16_000

/**
 * One message of everything that a rule tells now. It leaves the hub: numbers, counts and a link, and a subject only where
 * the rule says so; what is for the agencies concerned alone never has one.
 */
export function writeAlert(
  rule: Pick<AlertRule, 'name' | 'kind' | 'language' | 'withSubject'>,
  due: readonly Finding[],
  { publicUrl, environment }: WriteOptions,
): AlertText {
  const words = alertWords[rule.language]
  const { title } = kindWords[rule.language][rule.kind]
  const urgent = due.some(finding => finding.urgent)
  const link = alertLink(publicUrl, rule.kind, due)
  const marks = [environment === 'test' && words.test, urgent && words.urgent].filter(mark => mark !== false)
  const head = [...marks, oneLine(rule.name, longestName)].join(' · ')
  const named = fitting(due.slice(0, mostLines).map(finding => lineOf(rule, finding)))
  const further = due.length - named.length
  const lines = [
    `${title}.`,
    '',
    ...named,
    ...(further > 0 ? [words.further(further)] : []),
    '',
    ...(link === null ? [] : [`${words.see} ${link}`]),
    words.once,
  ]
  return { title: head, text: lines.join('\n'), link, count: due.length, urgent }
}

function fitting(lines: readonly string[]): readonly string[] {
  let room = mostCharacters
  const over = lines.findIndex(line => {
    room -= line.length
    return room < 0
  })
  return over === -1 ? lines : lines.slice(0, over)
}

function lineOf(rule: Pick<AlertRule, 'kind' | 'language' | 'withSubject'>, finding: Finding): string {
  const words = alertWords[rule.language]
  const { counted, since } = kindWords[rule.language][rule.kind]
  const { key, name, count, urgent } = finding
  // Digests are keys of certificates, and names of nothing.
  const code = counted !== undefined && key !== '' && name !== null ? ` (${oneLine(key, 60)})` : ''
  const who = `${oneLine(name ?? (key || words.whole), longestName)}${code}`
  const facts = [
    ...(urgent ? [words.urgent] : []),
    ...(counted === undefined ? [] : [`${count} ${counted}`]),
    `${since} ${localTime(finding.since)}`,
    ...documentsOf(rule, finding),
  ]
  return `- ${who}: ${facts.join('; ')}`
}

function documentsOf(rule: Pick<AlertRule, 'language' | 'withSubject'>, { documents, count }: Finding): string[] {
  if (documents.length === 0) return []
  const words = alertWords[rule.language]
  const named = documents.map(({ number, subject }) => {
    const written = number === null ? words.unnumbered : oneLine(number, 100)
    return rule.withSubject && subject !== null ? `${written} “${oneLine(subject, longestSubject)}”` : written
  })
  return [`${words.numbers} ${named.join(', ')}${documents.length < count ? ', …' : ''}`]
}

const clock = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
})

function localTime(at: Date): string {
  return clock.format(at).replace(',', '')
}
