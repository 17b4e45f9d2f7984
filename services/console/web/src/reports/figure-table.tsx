import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import type { Definition, Report } from './report.ts'
import { useShare } from './use-share.ts'
import { reportWords as words } from './words.ts'

/** Each figure as a share, the two numbers it is made of, and under it how it is counted. */
export function FigureTable({ report }: { readonly report: Report }) {
  const pick = usePick()
  const number = useNumber()
  const share = useShare()
  const { shares } = report.total
  const columns: readonly Column<Definition>[] = [
    { head: pick(words.figure), wide: true, cell: figure => <Name figure={figure} report={report} /> },
    { head: pick(words.share), number: true, cell: ({ id }) => <strong>{share(shares[id])}</strong> },
    {
      head: pick(words.counted),
      number: true,
      cell: ({ id }) =>
        shares[id]?.of ? `${number(shares[id].part)} ${pick(words.of)} ${number(shares[id].of)}` : pick(words.none),
    },
  ]
  return <Table caption={pick(words.summary)} columns={columns} rows={report.definitions} keyOf={({ id }) => id} />
}

function Name({ figure: { id, name, definition }, report }: { readonly figure: Definition; readonly report: Report }) {
  const pick = usePick()
  return (
    <div class="figure-name">
      <strong>{pick(name)}</strong>
      <p class="small">{pick(definition)}</p>
      <Note id={id} report={report} />
    </div>
  )
}

/** What whoever reads the number has to know beside it. */
function Note({ id, report: { total } }: { readonly id: string; readonly report: Report }) {
  const pick = usePick()
  const number = useNumber()
  if (id === 'paperless' && total.paperUnsaid > 0) {
    return (
      <p class="small">
        {pick(words.unsaid)} {number(total.paperUnsaid)}
      </p>
    )
  }
  if (!id.startsWith('electronic')) return null
  if (total.entered === 0) {
    return (
      <p class="small">
        {pick(words.notEntered)} <Link to="/reports/register">{pick(words.enter)}</Link>
      </p>
    )
  }
  const { part, of } = total.shares[id] ?? { part: 0, of: 0 }
  return (
    <p class={part > of ? 'fault' : 'small'}>
      {part > of ? pick(words.tooMany) : `${pick(words.entered)} ${number(total.entered)}`}
    </p>
  )
}
