import { usePick } from '../language.tsx'
import { usePerson } from '../session.ts'
import { roleWords, scopeText } from './rights.ts'
import { accountWords as words } from './words.ts'

/** Who I am here, and what I may see. */
export function AccountPage() {
  const pick = usePick()
  const person = usePerson()
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <dl class="pairs">
        <dt>{pick(words.name)}</dt>
        <dd>{person.name}</dd>
        <dt>{pick(words.login)}</dt>
        <dd>{person.login}</dd>
        <dt>{pick(words.role)}</dt>
        <dd>{pick(roleWords[person.role])}</dd>
        <dt>{pick(words.scope)}</dt>
        <dd>{pick(scopeText(person.scope))}</dd>
        <dt>{pick(words.agencies)}</dt>
        <dd>{person.agencies.length === 0 ? pick(words.noAgency) : person.agencies.join(', ')}</dd>
      </dl>
    </>
  )
}
