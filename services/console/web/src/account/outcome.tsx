import { usePick } from '../language.tsx'
import type { Told } from './use-change.ts'

/** How a change ended, read aloud to those who do not see it. */
export function Outcome({ told }: { readonly told: Told | undefined }) {
  const pick = usePick()
  return (
    <p class={told?.good ? 'done' : 'fault'} role="status">
      {told && pick(told.text)}
    </p>
  )
}
