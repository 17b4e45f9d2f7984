import { useQueryClient } from '@tanstack/preact-query'
import { useEffect, useState } from 'preact/hooks'
import { api, Refused } from '../api.ts'
import { type Bilingual, usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { type Session, sessionKey } from '../session.ts'
import type { Look } from '../shell/app.tsx'
import { LookChoice } from '../shell/look-choice.tsx'
import { shellWords } from '../shell/words.ts'
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
        <PasswordForm />
        <a class="other-way" href="/verify">
          <Icon name="verify" />
          {pick(words.verify)}
        </a>
      </div>
    </main>
  )
}

function PasswordForm() {
  const pick = usePick()
  const queries = useQueryClient()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<Bilingual>()
  const [busy, setBusy] = useState(false)
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault(undefined)
    try {
      await api('/session', { method: 'POST', body: { login, password } })
      await queries.invalidateQueries({ queryKey: sessionKey })
    } catch (error) {
      setFault(faultOf(error))
      setPassword('')
      setBusy(false)
    }
  }
  return (
    <form class="stack" onSubmit={send}>
      <Field label={pick(words.login)} value={login} onInput={setLogin} autocomplete="username" required />
      <Field
        label={pick(words.password)}
        type="password"
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
        required
      />
      <p class="fault" role="alert">
        {fault && pick(fault)}
      </p>
      <button type="submit" class="button primary" disabled={busy}>
        {pick(busy ? words.checking : words.enter)}
      </button>
    </form>
  )
}

function faultOf(error: unknown): Bilingual {
  if (!(error instanceof Refused)) throw error
  return error.code === 'AUTHENTICATION_REQUIRED' ? words.wrong : error.text
}
