import { usePick } from '../language.tsx'
import { peopleWords as words } from './words.ts'

/** A password that the hub itself does not know any more. */
export function ShownOnce({ login, password }: { readonly login: string; readonly password: string }) {
  const pick = usePick()
  return (
    <div class="once" role="status">
      <p class="strong">{pick(words.once)}</p>
      <dl class="pairs">
        <dt>{pick(words.login)}</dt>
        <dd>{login}</dd>
        <dt>{pick(words.password)}</dt>
        <dd class="secret">{password}</dd>
      </dl>
      <p class="small">{pick(words.onceHint)}</p>
    </div>
  )
}
