import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNumber } from '../parts/number.ts'
import { Time } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import { attentionWords, holdReasons } from './attention-words.ts'
import { attentionPath } from './links.ts'
import type { AttentionKind, AttentionLine } from './now-view.ts'
import { nowWords as words } from './words.ts'

interface AttentionListProps {
  readonly lines: readonly AttentionLine[]
  readonly further: number
  readonly now: number
}

/** What needs somebody: what, how many, since when, and the one thing to do. */
export function AttentionList({ lines, further, now }: AttentionListProps) {
  const pick = usePick()
  const number = useNumber()
  if (lines.length === 0) {
    return (
      <p class="calm">
        <Icon name="good" /> {pick(words.calm)}
      </p>
    )
  }
  return (
    <>
      <ul class="attention">
        {lines.map(line => (
          <AttentionRow key={`${line.kind} ${line.why ?? ''}`} line={line} now={now} />
        ))}
      </ul>
      {further > 0 && (
        <p class="small">
          {number(further)} {pick(words.further)}
        </p>
      )}
    </>
  )
}

/** What stops everybody or stops a document for good; the rest can wait for an hour. */
const grave: ReadonlySet<AttentionKind> = new Set(['authorities', 'dead-letter', 'stuck', 'failed', 'ending-soon'])

function AttentionRow({ line, now }: { readonly line: AttentionLine; readonly now: number }) {
  const pick = usePick()
  const number = useNumber()
  const { kind, count, more, why } = line
  const { what, one, action, why: meaning } = attentionWords[kind]
  const tone = grave.has(kind) ? 'bad' : 'wait'
  const reason = why === undefined ? meaning : (holdReasons[why] ?? { vi: why, en: why })
  const to = attentionPath(line)
  return (
    <li class={tone}>
      <Icon name={tone} />
      <div>
        <p class="attention-what">
          <Link to={to}>
            <strong>{number(count)}</strong>
            {more && ` ${pick(words.orMore)}`} {pick(one !== undefined && count === 1 ? { ...what, en: one } : what)}
          </Link>
        </p>
        <p class="small">
          {reason && `${pick(reason)} · `}
          <Since line={line} now={now} />
          <Worst line={line} />
        </p>
      </div>
      <Link to={to} class="button">
        {pick(action)}
      </Link>
    </li>
  )
}

function Since({ line, now }: { readonly line: AttentionLine; readonly now: number }) {
  const pick = usePick()
  const ahead = line.kind === 'ending' || line.kind === 'ending-soon'
  return (
    <>
      {pick(ahead ? words.first : words.since)} <Time at={line.since} now={now} />
    </>
  )
}

function Worst({ line: { worst, count } }: { readonly line: AttentionLine }) {
  const pick = usePick()
  const number = useNumber()
  if (!worst) return null
  return (
    <>
      {' · '}
      {worst.count < count && `${pick(words.mostly)} `}
      <bdi class="clipped">{worst.name ?? worst.code}</bdi>
      {worst.count < count && ` (${number(worst.count)})`}
    </>
  )
}
