import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Empty } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { dayText } from '../parts/time.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import type { CalendarYear, Holiday } from './settings-view.ts'
import { settingsWords as words } from './words.ts'

/** Days off by year, and whether somebody vouches for them. */
export function CalendarView({ years }: { readonly years: readonly CalendarYear[] }) {
  const pick = usePick()
  const address = useAddress()
  const asked = Number(address.query.get('year') ?? new Date().getFullYear())
  const shown = years.find(({ year }) => year === asked) ?? years.at(-1)
  return (
    <section id="calendar" class="block">
      <h2>{pick(words.calendar)}</h2>
      {shown ? (
        <>
          <nav class="chips" aria-label={pick(words.year)}>
            {years.map(({ year }) => (
              <Link
                key={year}
                to={withQuery(address, { year: String(year) })}
                class="chip"
                current={year === shown.year}
              >
                {year}
              </Link>
            ))}
          </nav>
          <Year year={shown} />
        </>
      ) : (
        <Empty title={pick(words.noCalendar)} />
      )}
      <p class="small">{pick(words.calendarHow)}</p>
    </section>
  )
}

function Year({ year: { source, confirmed, holidays, swaps } }: { readonly year: CalendarYear }) {
  const pick = usePick()
  const columns: readonly Column<Holiday>[] = [
    { head: pick(words.holiday), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      head: pick(words.daysOff),
      wide: true,
      cell: ({ from, to }) => [...new Set([from, to])].map(dayText).join(' – '),
    },
  ]
  return (
    <>
      <p class="row small">
        <Badge tone={confirmed ? 'good' : 'wait'}>{pick(confirmed ? words.confirmed : words.unconfirmed)}</Badge>
        <span>{pick(source === 'operator' ? words.fromOperator : words.fromRelease)}</span>
        {!confirmed && <span>{pick(words.unconfirmedHint)}</span>}
      </p>
      {holidays.length === 0 ? (
        <p class="calm plain">{pick(words.noHolidays)}</p>
      ) : (
        <Table caption={pick(words.calendar)} columns={columns} rows={holidays} keyOf={({ from }) => from} />
      )}
      {swaps.length > 0 && (
        <p class="small below">
          {pick(words.swaps)}{' '}
          {swaps
            .map(({ off, work }) => `${pick(words.swapOff)} ${dayText(off)}, ${pick(words.swapWork)} ${dayText(work)}`)
            .join('; ')}
          .
        </p>
      )}
    </>
  )
}
