import { useContext } from 'preact/hooks'
import { type Language, LanguageContext, localTime } from '../language.tsx'

const dayMs = 86_400_000
const steps = [
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const

const relative: Readonly<Record<Language, Intl.RelativeTimeFormat>> = {
  vi: new Intl.RelativeTimeFormat('vi', { numeric: 'auto' }),
  en: new Intl.RelativeTimeFormat('en', { numeric: 'auto' }),
}

/** Relative up to a day, absolute after; exact with its zone in the tooltip. */
export function Time({ at, now = Date.now() }: { readonly at: string; readonly now?: number }) {
  const language = useContext(LanguageContext)
  return (
    <time dateTime={at} title={`${exactTime(at)} (UTC+7)`}>
      {timeText(at, now, language)}
    </time>
  )
}

/** `dd/MM/yyyy HH:mm:ss` at UTC+7. */
function exactTime(at: string): string {
  return exact.format(new Date(at)).replace(',', '')
}

const exact = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
})

export function timeText(at: string, now: number, language: Language): string {
  const ms = new Date(at).getTime() - now
  if (Math.abs(ms) >= dayMs) return localTime(at)
  const step = steps.find(candidate => Math.abs(ms) >= candidate.ms)
  return step ? relative[language].format(Math.trunc(ms / step.ms), step.unit) : relative[language].format(0, 'second')
}

/** A day of the calendar, `2026-11-21`, as `21/11/2026`. */
export function dayText(day: string): string {
  return day.slice(0, 10).split('-').reverse().join('/')
}
