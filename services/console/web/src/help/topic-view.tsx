import { usePick } from '../language.tsx'
import type { Topic } from './topics.ts'
import { helpWords as words } from './words.ts'

/** What happened, why, and what to do: in this order. */
export function TopicView({ topic }: { readonly topic: Topic }) {
  const pick = usePick()
  const { code, kind, title, why, clerk, vendor } = topic
  return (
    <article class="topic">
      <p class="small">{pick(words[kind])}</p>
      <h1>{pick(title)}</h1>
      <p>
        <code>{code}</code>
      </p>
      <h2>{pick(words.why)}</h2>
      <p>{pick(why)}</p>
      <h2>{pick(words.clerk)}</h2>
      <p>{pick(clerk)}</p>
      <h2>{pick(words.vendor)}</h2>
      <p>{pick(vendor)}</p>
    </article>
  )
}
