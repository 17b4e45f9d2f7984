import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { Outcome } from './outcome.tsx'
import { useChange } from './use-change.ts'
import { accountWords as words } from './words.ts'

export function PasswordChange() {
  const pick = usePick()
  const { run, told, busy } = useChange()
  const [password, setPassword] = useState('')
  const [wanted, setWanted] = useState('')
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const change = () => api('/account/password', { method: 'PUT', body: { password, wanted } })
    if (!(await run(change, words.passwordChanged))) return
    setPassword('')
    setWanted('')
  }
  return (
    <section class="part">
      <h2>{pick(words.password)}</h2>
      <p class="small">{pick(words.passwordEffect)}</p>
      <form class="form" onSubmit={send}>
        <Field
          label={pick(words.passwordNow)}
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
          required
        />
        <Field
          label={pick(words.passwordNew)}
          hint={pick(words.passwordHint)}
          type="password"
          value={wanted}
          onInput={setWanted}
          autocomplete="new-password"
          minLength={12}
          required
        />
        <Outcome told={told} />
        <button type="submit" class="button" disabled={busy}>
          {pick(words.changePassword)}
        </button>
      </form>
    </section>
  )
}
