import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { CalendarView } from './calendar-view.tsx'
import { HoursView } from './hours-view.tsx'
import { RetentionView, RulesView } from './rules-view.tsx'
import type { Settings } from './settings-view.ts'
import { settingsWords as words } from './words.ts'

/** By what the hub reckons, decides and forgets. People and their roles have a page of their own. */
export function SettingsPage() {
  const pick = usePick()
  const { role } = usePerson()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api<Settings>('/settings', { signal }),
  })
  return (
    <>
      <div class="page-head">
        <h1>{pick(words.title)}</h1>
        {role === 'administrator' && (
          <Link to="/settings/people" class="button">
            {pick(words.people)}
          </Link>
        )}
      </div>
      <p class="lead">{pick(words.lead)}</p>
      {data ? (
        <div class="blocks">
          <CalendarView years={data.calendar.years} />
          <HoursView calendar={data.calendar} />
          <RulesView rules={data.rules} />
          <RetentionView retention={data.retention} />
        </div>
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={8} />
      )}
    </>
  )
}
