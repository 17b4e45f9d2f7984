import { useInfiniteQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { levelNotes, levelWords } from '../parts/level-words.ts'
import { useCount, useNumber } from '../parts/number.ts'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Link, navigate, useAddress, withQuery } from '../router.tsx'
import { type AgencyPage, type AgencyRow, agencyPath, type LevelCount } from './agency-row.ts'
import { StandingBadge, Successor } from './agency-standing.tsx'
import { agenciesWords as words } from './words.ts'

/** The four levels, opened branch by branch: what is not opened is not asked for. What is open stands in the address. */
export function AgencyTree({ levels }: { readonly levels: readonly LevelCount[] }) {
  const pick = usePick()
  if (levels.length === 0) {
    return (
      <Empty title={pick(words.empty)}>
        <p class="small">{pick(words.emptyHint)}</p>
      </Empty>
    )
  }
  return (
    <ul class="tree" aria-label={pick(words.tree)}>
      {levels.map(count => (
        <LevelNode key={count.level} count={count} />
      ))}
    </ul>
  )
}

function LevelNode({ count: { level, open, closed, connected, top } }: { readonly count: LevelCount }) {
  const pick = usePick()
  const number = useNumber()
  const count = useCount()
  const [isOpen, toggle] = useOpen(`level-${level}`)
  const name = pick(levelWords[level])
  const note = levelNotes[level]
  const figures = [
    ...(note ? [pick(note)] : []),
    count(open, words.agencies),
    ...(open > 0 ? [`${number(connected)} ${pick(words.connected)}`] : []),
    ...(closed > 0 ? [`${number(closed)} ${pick(words.closed)}`] : []),
  ]
  return (
    <li>
      <div class="branch">
        {top > 0 ? <Toggle name={name} isOpen={isOpen} toggle={toggle} /> : <span class="no-toggle" />}
        <div class="branch-text">
          <h2>{name}</h2>
          <p class="small">{figures.join(' · ')}</p>
          {top === 0 && (
            <p class="small">
              <Link to={`/agencies?level=${level}`}>{pick(words.belowOthers)}</Link>
            </p>
          )}
        </div>
      </div>
      {isOpen && top > 0 && <Branch question={`level=${level}`} />}
    </li>
  )
}

function Branch({ question }: { readonly question: string }) {
  const pick = usePick()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['agencies', 'branch', question],
    queryFn: ({ pageParam, signal }) => api<AgencyPage>(`/agency-branch?${question}${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === null ? undefined : `&after=${encodeURIComponent(next)}`),
  })
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={3} />
  return (
    <ul>
      {data.pages
        .flatMap(({ items }) => items)
        .map(row => (
          <AgencyNode key={row.code} row={row} />
        ))}
      {hasNextPage && (
        <li>
          <button type="button" class="button more" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {pick(words.more)}
          </button>
        </li>
      )}
    </ul>
  )
}

function AgencyNode({ row }: { readonly row: AgencyRow }) {
  const pick = usePick()
  const number = useNumber()
  const { code, name, below } = row
  const [isOpen, toggle] = useOpen(code)
  return (
    <li>
      <div class="branch">
        {below > 0 ? <Toggle name={name} isOpen={isOpen} toggle={toggle} /> : <span class="no-toggle" />}
        <div class="branch-text">
          <Link to={agencyPath(code)} class="clamped">
            <bdi>{name}</bdi>
          </Link>
          <span class="small">
            <code>{code}</code>
            {below > 0 && ` · ${number(below)} ${pick(words.below)}`}
          </span>
          <Successor row={row} />
        </div>
        <StandingBadge row={row} />
      </div>
      {isOpen && below > 0 && <Branch question={`parent=${encodeURIComponent(code)}`} />}
    </li>
  )
}

interface ToggleProps {
  readonly name: string
  readonly isOpen: boolean
  readonly toggle: () => void
}

function Toggle({ name, isOpen, toggle }: ToggleProps) {
  const pick = usePick()
  return (
    <button
      type="button"
      class={isOpen ? 'toggle open' : 'toggle'}
      aria-expanded={isOpen}
      aria-label={`${pick(isOpen ? words.fold : words.unfold)}: ${name}`}
      onClick={toggle}
    >
      <Icon name="next" size={16} />
    </button>
  )
}

/** Codes hold no comma (edXML section 12). */
const between = ','

/** Whether a branch is open, and how to change it. */
function useOpen(branch: string): readonly [boolean, () => void] {
  const address = useAddress()
  const open = (address.query.get('open') ?? '').split(between).filter(Boolean)
  const isOpen = open.includes(branch)
  const toggle = () => {
    const wanted = isOpen ? open.filter(other => other !== branch) : [...open, branch]
    navigate(withQuery(address, { open: wanted.join(between) }), { replace: true })
  }
  return [isOpen, toggle]
}
