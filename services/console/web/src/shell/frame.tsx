import type { ComponentChildren } from 'preact'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../router.tsx'
import { type Session, usePerson } from '../session.ts'
import type { Look } from './app.tsx'
import { LookChoice } from './look-choice.tsx'
import { Rail } from './rail.tsx'
import { SearchBox } from './search-box.tsx'
import { SignOut } from './sign-out.tsx'
import { shellWords as words } from './words.ts'

interface FrameProps {
  readonly look: Look
  readonly hub: Session['hub']
  readonly children: ComponentChildren
}

/** What stands around every page: a rail (a bar at the bottom of a phone), one search box, who is signed in. */
export function Frame({ look, hub, children }: FrameProps) {
  const pick = usePick()
  const person = usePerson()
  return (
    <div class="shell">
      <a class="skip" href="#page">
        {pick(words.skip)}
      </a>
      <header class="top">
        <Link to="/" class="brand" label="docaxis">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <strong>docaxis</strong>
        </Link>
        {hub.environment === 'test' && <span class="environment">{pick(words.testEnvironment)}</span>}
        <SearchBox />
        <div class="who">
          <LookChoice look={look} />
          <Link to="/settings/account" class="me" label={`${pick(words.account)}: ${person.name}`}>
            <Icon name="person" />
            <bdi class="me-name">{person.name}</bdi>
          </Link>
          <SignOut />
        </div>
      </header>
      <Rail />
      <main id="page" class="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
