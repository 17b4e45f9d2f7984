import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Look } from './app.tsx'
import { shellWords as words } from './words.ts'

/** The other language and the other theme, one press each. */
export function LookChoice({ look }: { readonly look: Look }) {
  const pick = usePick()
  const { language, setLanguage, theme, setTheme } = look
  const other = language === 'vi' ? 'en' : 'vi'
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  return (
    <>
      <button
        type="button"
        class="quiet language"
        lang={other}
        aria-label={other === 'vi' ? 'VI: Tiếng Việt' : 'EN: English'}
        onClick={() => setLanguage(other)}
      >
        {other.toUpperCase()}
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={pick(dark ? words.light : words.dark)}
        title={pick(dark ? words.light : words.dark)}
        onClick={() => setTheme(dark ? 'light' : 'dark')}
      >
        <Icon name={dark ? 'light' : 'dark'} />
      </button>
    </>
  )
}
