import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { useChange } from './use-change.ts'
import { accountWords as words } from './words.ts'

export function EverywhereOut() {
  const pick = usePick()
  const { run, busy } = useChange()
  return (
    <section class="part">
      <h2>{pick(words.everywhere)}</h2>
      <p class="small">{pick(words.everywhereEffect)}</p>
      <button
        type="button"
        class="button"
        disabled={busy}
        onClick={() => void run(() => api('/sessions', { method: 'DELETE' }))}
      >
        {pick(words.everywhereGo)}
      </button>
    </section>
  )
}
