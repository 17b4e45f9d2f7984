import { type Bilingual, usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import type { LatenessMonth } from './agency-view.ts'
import { agencyWords as words } from './words.ts'

interface LatenessProps {
  readonly code: string
  readonly months: readonly LatenessMonth[]
}

/** How the agency keeps its deadlines, month by month, and how that is judged. */
export function Lateness({ code, months }: LatenessProps) {
  const pick = usePick()
  const number = useNumber()
  const share = (head: Bilingual, of: (month: LatenessMonth) => ShareFigures) => ({
    head: pick(head),
    cell: (month: LatenessMonth) => <Share {...of(month)} />,
  })
  const columns: readonly Column<LatenessMonth>[] = [
    { head: pick(words.month), cell: ({ month }) => month.split('-').reverse().join('/') },
    { head: pick(words.received), number: true, cell: ({ received }) => number(received) },
    share(words.sameDay, ({ ackInTime, ackDue }) => ({ inTime: ackInTime, due: ackDue })),
    share(words.onTime, ({ finishInTime, finishDue }) => ({ inTime: finishInTime, due: finishDue })),
    share(words.urgentFetched, ({ fetchInTime, fetchDue }) => ({ inTime: fetchInTime, due: fetchDue })),
    { head: pick(words.refusedCount), number: true, cell: ({ refused }) => number(refused) },
  ]
  return (
    <>
      {months.length === 0 ? (
        <p class="calm plain">{pick(words.noLateness)}</p>
      ) : (
        <Table caption={pick(words.lateness)} columns={columns} rows={months} keyOf={({ month }) => month} />
      )}
      <p class="small below">
        <Link to={`/documents?receiver=${encodeURIComponent(code)}&late=yes`}>{pick(words.lateNow)}</Link>
      </p>
      <details class="how">
        <summary>{pick(words.howJudged)}</summary>
        <ul>
          {[words.judgedSameDay, words.judgedOnTime, words.judgedUrgent, words.judgedMonth].map(line => (
            <li key={line.en}>{pick(line)}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** Done in time, of what was owed by now. */
interface ShareFigures {
  readonly inTime: number
  readonly due: number
}

/** From here on good, and below that to be looked at. */
const goodPercent = 95
const badPercent = 80

function Share({ inTime, due }: ShareFigures) {
  const pick = usePick()
  const number = useNumber()
  if (due === 0) return <>{pick(words.nothingDue)}</>
  const percent = (inTime / due) * 100
  const tone: Tone = percent >= goodPercent ? 'good' : percent >= badPercent ? 'wait' : 'bad'
  return (
    <>
      <Badge tone={tone}>{number(percent)}%</Badge>
      <small class="under">
        {number(inTime)} / {number(due)}
      </small>
    </>
  )
}
