import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import { Time } from '../parts/time.tsx'
import type { AlertMessage } from './alert-view.ts'
import { alertWords as words } from './words.ts'

const shown = {
  waiting: { tone: 'wait', text: words.waiting },
  sent: { tone: 'good', text: words.delivered },
  failed: { tone: 'bad', text: words.failed },
} as const

/** What became of a message, after how many tries, and what the other side said. */
export function Outcome({ message }: { readonly message: AlertMessage }) {
  const pick = usePick()
  const number = useNumber()
  const { state, attempts, dueAt, answer } = message
  const { tone, text } = shown[state]
  return (
    <>
      <Badge tone={tone}>{pick(text)}</Badge>{' '}
      {attempts > 0 && (
        <span class="small">
          {number(attempts)} {pick(attempts === 1 ? words.oneTry : words.tries)}
        </span>
      )}
      {attempts > 0 && dueAt !== null && (
        <span class="small">
          {' · '}
          {pick(words.nextTry)} <Time at={dueAt} />
        </span>
      )}
      {answer !== null && (
        <bdi class="alert-answer small" lang="en">
          {answer}
        </bdi>
      )}
    </>
  )
}
