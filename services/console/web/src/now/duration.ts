import type { Language } from '../language.tsx'

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** `4 phút`, `1,5 giờ`: in the largest unit that fits. */
export function durationText(seconds: number, language: Language): string {
  const { unit, seconds: size } = units.find(candidate => seconds >= candidate.seconds) ?? {
    unit: 'second',
    seconds: 1,
  }
  const format = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-US', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: seconds >= 3_600 ? 1 : 0,
  })
  return format.format(seconds / size)
}
