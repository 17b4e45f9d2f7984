import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { Link, useAddress, withQuery } from '../router.tsx'
import { monthText } from './months.ts'
import type { Line, Report } from './report.ts'
import { useShare } from './use-share.ts'
import { reportWords as words } from './words.ts'

/** One figure over the months, as bars from nothing to all, each with its number; the table above has the same. */
export function MonthChart({ report: { months, definitions } }: { readonly report: Report }) {
  const pick = usePick()
  const address = useAddress()
  const asked = address.query.get('figure')
  const chosen = definitions.find(({ id }) => id === asked) ?? definitions.find(({ id }) => id === 'acknowledged')
  if (!chosen) return null
  return (
    <section>
      <h2>{pick(words.chart)}</h2>
      <nav class="chips" aria-label={pick(words.figure)}>
        {definitions.map(({ id, name }) => (
          <Link key={id} to={withQuery(address, { figure: id })} class="chip" current={id === chosen.id}>
            {pick(name)}
          </Link>
        ))}
      </nav>
      <ol class="month-bars">
        {months.map(line => (
          <MonthBar key={line.key} line={line} figure={chosen.id} />
        ))}
      </ol>
    </section>
  )
}

function MonthBar({ line, figure }: { readonly line: Line; readonly figure: string }) {
  const pick = usePick()
  const number = useNumber()
  const share = useShare()
  const { part, of } = line.shares[figure] ?? { part: 0, of: 0 }
  const filled = of === 0 ? 0 : Math.min(100, (100 * part) / of)
  return (
    <li>
      <span>{monthText(line.key ?? '')}</span>
      <svg class="month-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track-all" width="100" height="1" />
        <rect class="track-part" width={filled} height="1" />
      </svg>
      <span>
        <strong>{share({ part, of })}</strong>{' '}
        <span class="small">{of === 0 ? pick(words.none) : `${number(part)} ${pick(words.of)} ${number(of)}`}</span>
      </span>
    </li>
  )
}
