import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import type { Credentials } from './password-form.tsx'
import { useSignIn } from './use-sign-in.ts'
import { signInWords as words } from './words.ts'

interface CodeFormProps {
  readonly credentials: Credentials
  readonly back: () => void
}

/** The second factor, once the password was right. */
export function CodeForm({ credentials, back }: CodeFormProps) {
  const pick = usePick()
  const { send, fault, busy } = useSignIn(words.codeWrong)
  const [code, setCode] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if ((await send({ ...credentials, code: code.trim() })) === undefined) setCode('')
  }
  return (
    <form class="stack" onSubmit={submit}>
      <Field
        label={pick(words.code)}
        hint={pick(words.codeHint)}
        value={code}
        onInput={setCode}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        required
      />
      <p class="fault" role="alert">
        {fault && pick(fault)}
      </p>
      <button type="submit" class="button primary" disabled={busy}>
        {pick(busy ? words.checking : words.enter)}
      </button>
      <button type="button" class="quiet" onClick={back}>
        {pick(words.back)}
      </button>
    </form>
  )
}
