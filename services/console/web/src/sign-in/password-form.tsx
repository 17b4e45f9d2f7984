import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { useSignIn } from './use-sign-in.ts'
import { signInWords as words } from './words.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
}

export function PasswordForm({ onCode }: { readonly onCode: (credentials: Credentials) => void }) {
  const pick = usePick()
  const { send, fault, busy } = useSignIn(words.wrong)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const next = await send({ login, password })
    if (next === 'code') onCode({ login, password })
    else if (next === undefined) setPassword('')
  }
  return (
    <form class="stack" onSubmit={submit}>
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
