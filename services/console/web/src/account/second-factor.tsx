import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { usePerson } from '../session.ts'
import { Outcome } from './outcome.tsx'
import { QrCode } from './qr-code.tsx'
import { useChange } from './use-change.ts'
import { accountWords as words } from './words.ts'

interface Setup {
  readonly text: string
  readonly uri: string
  readonly sealed: string
}

/** A code from the telephone beside the password (RFC 6238). */
export function SecondFactor() {
  const pick = usePick()
  const { hasTotp } = usePerson()
  const [setup, setSetup] = useState<Setup>()
  return (
    <section class="part">
      <h2>{pick(words.factor)}</h2>
      <p class="small">{pick(hasTotp ? words.factorOn : words.factorOff)}</p>
      {hasTotp && <AskPassword action={words.factorRemove} done={words.factorRemoved} method="DELETE" />}
      {!hasTotp && setup === undefined && (
        <AskPassword action={words.factorBegin} method="POST" onAnswer={answer => setSetup(answer as Setup)} />
      )}
      {!hasTotp && setup && <Prove setup={setup} onDone={() => setSetup(undefined)} />}
    </section>
  )
}

interface AskPasswordProps {
  readonly action: (typeof words)['factorBegin']
  readonly done?: (typeof words)['factorBegin']
  readonly method: 'POST' | 'DELETE'
  readonly onAnswer?: (answer: unknown) => void
}

function AskPassword({ action, done, method, onAnswer }: AskPasswordProps) {
  const pick = usePick()
  const { run, told, busy } = useChange()
  const [password, setPassword] = useState('')
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    await run(async () => onAnswer?.(await api('/account/totp', { method, body: { password } })), done)
  }
  return (
    <form class="form" onSubmit={send}>
      <Field
        label={pick(words.passwordNow)}
        type="password"
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
        required
      />
      <Outcome told={told} />
      <button type="submit" class="button" disabled={busy}>
        {pick(action)}
      </button>
    </form>
  )
}

function Prove({ setup, onDone }: { readonly setup: Setup; readonly onDone: () => void }) {
  const pick = usePick()
  const { run, told, busy } = useChange()
  const [code, setCode] = useState('')
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const { sealed } = setup
    if (await run(() => api('/account/totp', { method: 'PUT', body: { sealed, code: code.trim() } }))) onDone()
  }
  return (
    <form class="form" onSubmit={send}>
      <p>{pick(words.factorScan)}</p>
      <QrCode text={setup.uri} label={pick(words.qr)} />
      <p class="small">
        {pick(words.factorType)} <span class="secret">{setup.text}</span>
      </p>
      <Field
        label={pick(words.code)}
        value={code}
        onInput={setCode}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        required
      />
      <Outcome told={told} />
      <button type="submit" class="button primary" disabled={busy}>
        {pick(words.factorFinish)}
      </button>
    </form>
  )
}
