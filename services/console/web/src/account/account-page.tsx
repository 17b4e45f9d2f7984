import { usePick } from '../language.tsx'
import { usePerson } from '../session.ts'
import { EverywhereOut } from './everywhere-out.tsx'
import { PasswordChange } from './password-change.tsx'
import { roleWords, scopeText } from './rights.ts'
import { SecondFactor } from './second-factor.tsx'
import { accountWords as words } from './words.ts'

/** Who I am here, what I may see, and how I sign in. */
export function AccountPage() {
  const pick = usePick()
  const person = usePerson()
  return (
    <>
      <h1>{pick(words.title)}</h1>
      {person.passwordGiven && <p class="told wait">{pick(words.given)}</p>}
      <dl class="pairs">
        <dt>{pick(words.name)}</dt>
        <dd>
          <bdi>{person.name}</bdi>
        </dd>
        <dt>{pick(words.login)}</dt>
        <dd>{person.login}</dd>
        <dt>{pick(words.role)}</dt>
        <dd>{pick(roleWords[person.role])}</dd>
        <dt>{pick(words.scope)}</dt>
        <dd>{pick(scopeText(person.scope))}</dd>
        <dt>{pick(words.agencies)}</dt>
        <dd>{person.agencies.length === 0 ? pick(words.noAgency) : person.agencies.join(', ')}</dd>
      </dl>
      {person.hasPassword && (
        <>
          <PasswordChange />
          {!person.passwordGiven && <SecondFactor />}
        </>
      )}
      {!person.passwordGiven && <EverywhereOut />}
    </>
  )
}
