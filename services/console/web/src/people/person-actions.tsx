import { useState } from 'preact/hooks'
import { type Bilingual, usePick } from '../language.tsx'
import type { Account } from './account.ts'
import { peopleWords as words } from './words.ts'

type Act = 'reset' | 'disable' | 'enable'

interface PersonActionsProps {
  readonly account: Account
  readonly act: (what: Act) => Promise<void>
}

/** What can be done for, or to, the holder; each says what it will do before it does it. */
export function PersonActions({ account, act }: PersonActionsProps) {
  const pick = usePick()
  const disabled = account.disabledAt !== undefined
  return (
    <section class="part">
      <h2>{pick(words.actions)}</h2>
      {!disabled && <Action what="reset" name={words.reset} effect={words.resetEffect} act={act} />}
      {disabled ? (
        <Action what="enable" name={words.enable} effect={words.enableEffect} act={act} />
      ) : (
        <Action what="disable" name={words.disable} effect={words.disableEffect} act={act} danger />
      )}
    </section>
  )
}

interface ActionProps {
  readonly what: Act
  readonly name: Bilingual
  readonly effect: Bilingual
  readonly act: (what: Act) => Promise<void>
  readonly danger?: boolean
}

function Action({ what, name, effect, act, danger = false }: ActionProps) {
  const pick = usePick()
  const [asked, setAsked] = useState(false)
  const go = async () => {
    setAsked(false)
    await act(what)
  }
  return (
    <div class="action">
      <p class="small">{pick(effect)}</p>
      {asked ? (
        <div class="row">
          <button type="button" class={`button${danger ? ' danger' : ''}`} onClick={go}>
            {pick(words.sure)}
          </button>
          <button type="button" class="quiet" onClick={() => setAsked(false)}>
            {pick(words.no)}
          </button>
        </div>
      ) : (
        <button type="button" class={`button${danger ? ' danger' : ''}`} onClick={() => setAsked(true)}>
          {pick(name)}
        </button>
      )}
    </div>
  )
}
