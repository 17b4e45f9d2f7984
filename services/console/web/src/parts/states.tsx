import type { ComponentChildren } from 'preact'
import { Refused } from '../api.ts'
import { type Bilingual, usePick } from '../language.tsx'
import { Icon, type IconName } from './icon.tsx'
import { partWords as words } from './words.ts'

interface NoticeProps {
  readonly icon: IconName
  readonly title: string
  readonly children?: ComponentChildren
}

function Notice({ icon, title, children }: NoticeProps) {
  return (
    <div class="notice-box">
      <Icon name={icon} size={28} />
      <p class="notice-title">{title}</p>
      {children}
    </div>
  )
}

interface EmptyProps {
  /** What the emptiness means. */
  readonly title: string
  /** What one can do. */
  readonly children?: ComponentChildren
}

/** Nothing to show, said calmly. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <Notice icon="info" title={title}>
      {children}
    </Notice>
  )
}

/** What happened, the code for the help desk, and another try. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const pick = usePick()
  const { text, code, traceId } = error instanceof Refused ? error : { ...unexpected, traceId: undefined }
  return (
    <div role="alert">
      <Notice icon={code === 'FORBIDDEN' ? 'lock' : 'bad'} title={pick(text)}>
        <p class="small">
          {pick(words.code)} <code>{[code, traceId].filter(Boolean).join(' · ')}</code>
        </p>
        {isExplained(code) && (
          <p class="small">
            <a href={`/help/${code}`} target="_blank" rel="noopener">
              {pick(words.whatToDo)}
            </a>
          </p>
        )}
        {retry && (
          <button type="button" class="button" onClick={retry}>
            {pick(words.retry)}
          </button>
        )}
      </Notice>
    </div>
  )
}

/** Codes that only the pages have are not among those of the help. */
const isExplained = (code: string) => code !== 'PAGE' && code !== 'UNREACHABLE'

const unexpected: { readonly text: Bilingual; readonly code: string } = { text: words.unexpected, code: 'PAGE' }

/** Nobody is turned away without being told who can help. */
export function NoPermission() {
  const pick = usePick()
  return (
    <Notice icon="lock" title={pick(words.noPermission)}>
      <p class="small">{pick(words.whoCan)}</p>
    </Notice>
  )
}

/** The shape of what is coming. */
export function Skeleton({ rows = 6 }: { readonly rows?: number }) {
  const pick = usePick()
  return (
    <div class="skeleton" role="status" aria-label={pick(words.loading)}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton-row" />
      ))}
    </div>
  )
}
