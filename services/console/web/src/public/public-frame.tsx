import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Bilingual, type Language, LanguageContext, rememberedLanguage, rememberLanguage } from '../language.tsx'
import { words } from '../words.ts'

interface PublicFrameProps {
  /** Where the name leads. */
  readonly home: string
  readonly title: Bilingual
  readonly children: ComponentChildren
}

/** A page that needs no sign-in, with nothing around it but a name and two languages. */
export function PublicFrame({ home, title, children }: PublicFrameProps) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  const choose = (wanted: Language) => {
    rememberLanguage(wanted)
    setLanguage(wanted)
  }
  useEffect(() => {
    document.documentElement.lang = language
    document.title = `${title[language]} · docaxis`
  }, [language, title])

  return (
    <LanguageContext.Provider value={language}>
      <header class="frame">
        <a class="brand" href={home}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>
            <strong>docaxis</strong>
            <small>{words.product[language]}</small>
          </span>
        </a>
        <nav aria-label={language === 'vi' ? 'Ngôn ngữ' : 'Language'} class="languages">
          <LanguageButton language="vi" label="Tiếng Việt" chosen={language} choose={choose} />
          <LanguageButton language="en" label="English" chosen={language} choose={choose} />
        </nav>
      </header>
      <main>{children}</main>
    </LanguageContext.Provider>
  )
}

interface LanguageButtonProps {
  readonly language: Language
  readonly label: string
  readonly chosen: Language
  readonly choose: (language: Language) => void
}

function LanguageButton({ language, label, chosen, choose }: LanguageButtonProps) {
  return (
    <button type="button" lang={language} aria-pressed={language === chosen} onClick={() => choose(language)}>
      {label}
    </button>
  )
}
