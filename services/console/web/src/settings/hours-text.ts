import type { Bilingual } from '../bilingual.ts'

type Language = keyof Bilingual

const days: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  Mo: { vi: 'thứ Hai', en: 'Monday' },
  Tu: { vi: 'thứ Ba', en: 'Tuesday' },
  We: { vi: 'thứ Tư', en: 'Wednesday' },
  Th: { vi: 'thứ Năm', en: 'Thursday' },
  Fr: { vi: 'thứ Sáu', en: 'Friday' },
  Sa: { vi: 'thứ Bảy', en: 'Saturday' },
  Su: { vi: 'Chủ nhật', en: 'Sunday' },
}
const until: Readonly<Record<Language, string>> = { vi: ' đến ', en: ' to ' }

/** `Mo-Fr 07:30-11:30,13:30-17:00` as `thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00`; without days it is those. */
export function hoursText(hours: string, language: Language): string {
  const written = /^\d/.test(hours) ? `Mo-Fr ${hours}` : hours
  return written
    .replace(/([A-Z][a-z])-(?=[A-Z])/g, `$1${until[language]}`)
    .replace(/(\d)-(?=\d)/g, '$1–')
    .replace(/,(?=\S)/g, ', ')
    .replace(/[A-Z][a-z]/g, day => days[day]?.[language] ?? day)
}
