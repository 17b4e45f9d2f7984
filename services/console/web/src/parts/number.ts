import { useContext } from 'preact/hooks'
import type { Counted } from '../bilingual.ts'
import { type Language, LanguageContext } from '../language.tsx'

const formats: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }),
}

/** `1.234,5` in Vietnamese, `1,234.5` in English. */
export function useNumber(): (value: number) => string {
  const language = useContext(LanguageContext)
  return value => formats[language].format(value)
}

/** `1 agency`, `1,234 agencies`. */
export function useCount(): (value: number, noun: Counted) => string {
  const language = useContext(LanguageContext)
  const number = useNumber()
  return (value, noun) => `${number(value)} ${language === 'en' && value === 1 ? noun.one : noun[language]}`
}
