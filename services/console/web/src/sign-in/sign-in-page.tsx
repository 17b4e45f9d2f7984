import { useEffect, useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { useAddress } from '../router.tsx'
import type { Session } from '../session.ts'
import type { Look } from '../shell/app.tsx'
import { LookChoice } from '../shell/look-choice.tsx'
import { shellWords } from '../shell/words.ts'
import { CodeForm } from './code-form.tsx'
import { type Credentials, PasswordForm } from './password-form.tsx'
import { signInWords as words } from './words.ts'

interface SignInPageProps {
  readonly look: Look
  readonly session: Session
}

/** Stands at every address until somebody is signed in, so that they come out where they wanted to go. */
export function SignInPage({ look, session }: SignInPageProps) {
  const pick = usePick()
  const title = pick(words.title)
  useEffect(() => {
    document.title = `${title} · docaxis`
  }, [title])
  return (
    <main class="sign-in">
      <div class="sign-in-look">
        <LookChoice look={look} />
      </div>
      <div class="sign-in-box">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>{title}</h1>
        <p class="lead">{pick(words.product)}</p>
        {session.hub.environment === 'test' && <p class="environment">{pick(shellWords.testEnvironment)}</p>}
        <Ways oidc={session.hub.oidc} />
        <a class="other-way" href="/verify">
          <Icon name="verify" />
          {pick(words.verify)}
        </a>
      </div>
    </main>
  )
}

function Ways({ oidc }: { readonly oidc: boolean }) {
  const pick = usePick()
  const { path, query } = useAddress()
  const [asked, setAsked] = useState<Credentials>()
  const refused = query.get('sign-in') === 'refused'
  if (asked) return <CodeForm credentials={asked} back={() => setAsked(undefined)} />
  return (
    <>
      {refused && (
        <p class="fault" role="alert">
          {pick(words.oidcRefused)}
        </p>
      )}
      <PasswordForm onCode={setAsked} />
      {oidc && (
        <a class="button" href={`/console/api/oidc?to=${encodeURIComponent(path + location.search)}`}>
          {pick(words.oidc)}
        </a>
      )}
    </>
  )
}
