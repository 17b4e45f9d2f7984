import { useEffect, useState } from 'preact/hooks'
import { type Language, LanguageContext, rememberedLanguage, rememberLanguage } from '../language.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { PersonContext, useSession } from '../session.ts'
import { SignInPage } from '../sign-in/sign-in-page.tsx'
import { applyTheme, rememberedTheme, type Theme } from '../theme.ts'
import { Frame } from './frame.tsx'
import { PageView } from './page-view.tsx'

/** Everything behind the sign-in: who is there decides what is shown, the address decides which page. */
export function App() {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  const [theme, setTheme] = useState<Theme>(rememberedTheme)
  useEffect(() => {
    document.documentElement.lang = language
    rememberLanguage(language)
  }, [language])
  useEffect(() => applyTheme(theme), [theme])
  const look = { language, setLanguage, theme, setTheme }
  return (
    <LanguageContext.Provider value={language}>
      <Inside look={look} />
    </LanguageContext.Provider>
  )
}

/** How the person wants the pages to look, and how they change it. */
export interface Look {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly theme: Theme
  readonly setTheme: (theme: Theme) => void
}

function Inside({ look }: { readonly look: Look }) {
  const { data: session, error, refetch } = useSession()
  if (session === undefined) {
    return (
      <main class="lonely">
        {error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton rows={3} />}
      </main>
    )
  }
  if (session.person === undefined) return <SignInPage look={look} session={session} />
  return (
    <PersonContext.Provider value={session.person}>
      <Frame look={look} hub={session.hub}>
        <PageView />
      </Frame>
    </PersonContext.Provider>
  )
}
