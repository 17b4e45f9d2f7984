import { usePick } from '../language.tsx'
import { managers } from '../pages.ts'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { importWords } from './import-words.ts'
import { reformWords } from './reform-words.ts'
import { requestWords } from './request-words.ts'

const links = [
  { to: '/agencies/requests', text: requestWords.short },
  { to: '/agencies/import', text: importWords.short },
  { to: '/agencies/reform', text: reformWords.title },
] as const

/** From the directory to the ways of changing it, for those who may. */
export function ChangeLinks() {
  const pick = usePick()
  const { role } = usePerson()
  if (!managers.includes(role)) return null
  return (
    <div class="row">
      {links.map(({ to, text }) => (
        <Link key={to} to={to} class="button">
          {pick(text)}
        </Link>
      ))}
    </div>
  )
}
