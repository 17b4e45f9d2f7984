import { useContext } from 'preact/hooks'
import { agencyPath } from '../agencies/agency-row.ts'
import { LanguageContext, usePick } from '../language.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { hoursText } from './hours-text.ts'
import type { Calendar, OwnHours } from './settings-view.ts'
import { settingsWords as words } from './words.ts'

/** When offices are open: everybody, and those that keep hours of their own. */
export function HoursView({ calendar: { standardHours, hours } }: { readonly calendar: Calendar }) {
  const pick = usePick()
  const language = useContext(LanguageContext)
  const columns: readonly Column<OwnHours>[] = [
    {
      head: pick(words.agency),
      cell: ({ agency, name }) => (
        <>
          <Link to={agencyPath(agency)}>
            <bdi>{name}</bdi>
          </Link>
          <code>{agency}</code>
        </>
      ),
    },
    { head: pick(words.hours), wide: true, cell: row => hoursText(row.hours, language) },
  ]
  return (
    <section id="hours" class="block">
      <h2>{pick(words.hours)}</h2>
      <p>
        {pick(words.everybody)} {hoursText(standardHours, language)}.
      </p>
      {hours.length === 0 ? (
        <p class="calm plain">{pick(words.noOwnHours)}</p>
      ) : (
        <Table caption={pick(words.hours)} columns={columns} rows={hours} keyOf={({ agency }) => agency} />
      )}
    </section>
  )
}
