import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Bilingual } from './bilingual.ts'

export type { Bilingual } from './bilingual.ts'

export type Language = 'vi' | 'en'

const storageKey = 'docaxis.language'

/** As chosen before, else Vietnamese: the hub's first language. */
export function rememberedLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi'
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(storageKey, language)
}

export const LanguageContext = createContext<Language>('vi')

/** The side of a bilingual text that is wanted. */
export function usePick(): (text: Bilingual) => string {
  const language = useContext(LanguageContext)
  return text => text[language]
}

const clock = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
})

/** `dd/MM/yyyy HH:mm` at UTC+7, in both languages. */
export function localTime(at: string): string {
  return clock.format(new Date(at)).replace(',', '')
}
