import { usePick } from '../language.tsx'
import { holdReasons } from '../parts/hold-reasons.ts'
import { Icon } from '../parts/icon.tsx'
import { useNumber } from '../parts/number.ts'
import { Time } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import { attentionWords } from './attention-words.ts'
import { attentionPath } from './links.ts'
import type { AttentionKind, AttentionLine } from './now-view.ts'
import { nowWords as words } from './words.ts'

interface AttentionListProps {
  readonly lines: readonly AttentionLine[]
  readonly now: number
}

/** As many as are read at a glance; the rest is one click away. */
const shownLines = 7

/** What needs somebody: what, how many, since when, and the one thing to do. */
export function AttentionList({ lines, now }: AttentionListProps) {
  const pick = usePick()
  const number = useNumber()
  const first = lines.slice(0, shownLines)
  const further = lines.slice(shownLines)
  if (lines.length === 0) {
    return (
      <p class="calm">
        <Icon name="good" /> {pick(words.calm)}
      </p>
    )
  }
  return (
    <>
      <AttentionRows lines={first} now={now} />
      {further.length > 0 && (
        <details class="further">
          <summary>
            {number(further.length)} {pick(words.further)}
          </summary>
          <AttentionRows lines={further} now={now} />
        </details>
      )}
    </>
  )
}

function AttentionRows({ lines, now }: AttentionListProps) {
  return (
    <ul class="attention">
      {lines.map(line => (
        <AttentionRow key={`${line.kind} ${line.why ?? ''}`} line={line} now={now} />
      ))}
    </ul>
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
          <Documents line={line} />
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

/** How many documents it is, where that is another number than that of their receivers. */
function Documents({ line: { count, documents } }: { readonly line: AttentionLine }) {
  const pick = usePick()
  const number = useNumber()
  if (documents === undefined || documents === count) return null
  return <>{`${number(documents)} ${pick(documents === 1 ? words.ofOneDocument : words.ofDocuments)} · `}</>
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

function Worst({ line }: { readonly line: AttentionLine }) {
  const pick = usePick()
  const number = useNumber()
  const { worst, count } = line
  if (!worst) return null
  const name = <bdi class="clipped">{worst.name ?? worst.code}</bdi>
  if (worst.count === count) return <> · {name}</>
  return (
    <>
      {' · '}
      {pick(words.mostly)} {name} (<Link to={attentionPath(line, worst.code)}>{number(worst.count)}</Link>)
    </>
  )
}
