import { usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { Time } from '../parts/time.tsx'
import type { HealthLine } from './now-view.ts'
import { healthNames, healthStates, nowWords as words } from './words.ts'

interface HealthViewProps {
  readonly lines: readonly HealthLine[]
  readonly now: number
}

/** Each service and what they stand on: a word and a time. */
export function HealthView({ lines, now }: HealthViewProps) {
  const pick = usePick()
  if (lines.length === 0) return <p class="small">{pick(words.noHealth)}</p>
  return (
    <div class="health">
      <HealthGroup title={pick(words.services)} lines={lines.filter(({ kind }) => kind === 'service')} now={now} />
      <HealthGroup title={pick(words.parts)} lines={lines.filter(({ kind }) => kind === 'part')} now={now} />
    </div>
  )
}

function HealthGroup({ title, lines, now }: HealthViewProps & { readonly title: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {lines.map(line => (
          <HealthRow key={line.name} line={line} now={now} />
        ))}
      </ul>
    </section>
  )
}

const tones: Readonly<Record<HealthLine['state'], Tone>> = { good: 'good', warning: 'wait', bad: 'bad', silent: 'wait' }

function HealthRow({ line, now }: { readonly line: HealthLine; readonly now: number }) {
  const pick = usePick()
  const { name, state, checkedAt, detail } = line
  const known = healthNames[name]
  return (
    <li>
      <span>{known ? pick(known) : name}</span>
      <Badge tone={tones[state]}>{pick(healthStates[state])}</Badge>
      <small>
        {pick(words.checked)} <Time at={checkedAt} now={now} />
        {detail && (
          <>
            {' · '}
            <code>{detail}</code>
          </>
        )}
      </small>
    </li>
  )
}
