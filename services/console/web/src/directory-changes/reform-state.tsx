import { usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import type { Reform } from './reform-view.ts'
import { reformWords as words } from './reform-words.ts'

const tones: Readonly<Record<Reform['state'], Tone>> = {
  scheduled: 'wait',
  applied: 'good',
  cancelled: 'plain',
  blocked: 'bad',
}

export function ReformState({ state }: { readonly state: Reform['state'] }) {
  const pick = usePick()
  return <Badge tone={tones[state]}>{pick(words[state])}</Badge>
}
