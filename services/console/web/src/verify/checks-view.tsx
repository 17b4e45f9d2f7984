import { usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { Check } from './answer.ts'
import { Section } from './parts.tsx'

/** Every rule that was applied; what the machine says of it stands behind a fold. */
export function ChecksView({ checks, code }: { readonly checks: readonly Check[]; readonly code: string }) {
  const pick = usePick()
  if (checks.length === 0) return null
  return (
    <Section title={pick(words.checks)}>
      <ul class="checks">
        {checks.map(({ rule, name, passed }, index) => (
          <li key={`${rule} ${index}`} class={passed ? 'good' : 'bad'}>
            <span class="icon" aria-hidden="true">
              {passed ? '✓' : '✕'}
            </span>
            {pick(name)} <span class="word">{pick(passed ? words.passed : words.failed)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>{pick(words.details)}</summary>
        <p>
          <code>{code}</code>
        </p>
        <ul class="raw">
          {checks.map(({ rule, detail }, index) => (
            <li key={`${rule} ${index}`}>
              <code>{rule}</code> <bdi>{detail}</bdi>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  )
}
