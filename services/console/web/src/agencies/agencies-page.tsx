import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { ChangeLinks } from '../directory-changes/change-links.tsx'
import { usePick } from '../language.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { Link, useAddress } from '../router.tsx'
import { AgencyList } from './agency-list.tsx'
import { agencyPath, type Levels } from './agency-row.ts'
import { AgencyTree } from './agency-tree.tsx'
import { FilterForm, questionNames } from './filter-form.tsx'
import { agenciesWords as words } from './words.ts'
import './agencies.css'

/** Counting the whole directory is not repeated with every step back to it. */
const countsStayMs = 60_000

/** Every agency that the person sees: as a tree, and as a list once something is asked for. */
export function AgenciesPage() {
  const pick = usePick()
  const { query } = useAddress()
  const { data, error, refetch } = useQuery({
    queryKey: ['agencies', 'levels'],
    queryFn: ({ signal }) => api<Levels>('/agency-levels', { signal }),
    staleTime: countsStayMs,
  })
  const isAsked = questionNames.some(name => query.get(name))
  const parent = query.get('parent')
  return (
    <>
      <div class="page-head">
        <h1>{pick(words.title)}</h1>
        <ChangeLinks />
      </div>
      <FilterForm localities={data?.localities ?? []} />
      {isAsked && (
        <p class="row small">
          {parent && (
            <span>
              {pick(words.underOf)} <Link to={agencyPath(parent)}>{parent}</Link>
            </span>
          )}
          <Link to="/agencies">{pick(words.clear)}</Link>
        </p>
      )}
      {isAsked ? (
        <AgencyList question={questionIn(query)} />
      ) : data ? (
        <AgencyTree levels={data.levels} />
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={4} />
      )}
    </>
  )
}

/** What the list is asked for; the rest of the address is of no use to it. */
function questionIn(query: URLSearchParams): URLSearchParams {
  const asked = [...questionNames, 'after'].map(name => [name, query.get(name) ?? ''] as const)
  return new URLSearchParams(asked.filter(([, value]) => value !== '').map(([name, value]) => [name, value]))
}
