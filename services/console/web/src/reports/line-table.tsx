import { usePick } from '../language.tsx'
import { levelWords } from '../parts/level-words.ts'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { usePerson } from '../session.ts'
import { documentsBehind } from './links.ts'
import { monthText } from './months.ts'
import type { Group, Line, Report } from './report.ts'
import { useShare } from './use-share.ts'
import { shortNames, reportWords as words } from './words.ts'

const groups = [
  { by: 'month', text: words.byMonth },
  { by: 'level', text: words.byLevel },
  { by: 'agency', text: words.byAgency },
] as const

/** The same figures month by month, level by level, or agency by agency. */
export function LineTable({ report }: { readonly report: Report }) {
  const pick = usePick()
  const address = useAddress()
  const { asked, lines, more } = report
  const page = Number(address.query.get('page') ?? 1)
  const columns = useColumns(report)
  return (
    <section>
      <h2>{pick(words.details)}</h2>
      <nav class="chips" aria-label={pick(words.group)}>
        {groups.map(({ by, text }) => (
          <Link key={by} to={withQuery(address, { by, page: undefined })} class="chip" current={by === asked.by}>
            {pick(text)}
          </Link>
        ))}
      </nav>
      <div class="report-lines">
        <Table caption={pick(words.details)} columns={columns} rows={lines} keyOf={({ key }) => key ?? ''} />
      </div>
      <nav class="pager">
        {page > 1 && (
          <Link to={withQuery(address, { page: undefined })} class="button">
            {pick(words.first)}
          </Link>
        )}
        {more && (
          <Link to={withQuery(address, { page: String(page + 1) })} class="button">
            {pick(words.next)}
          </Link>
        )}
      </nav>
    </section>
  )
}

function useColumns({ asked, definitions }: Report): readonly Column<Line>[] {
  const pick = usePick()
  const share = useShare()
  const { scope } = usePerson()
  const head = { month: words.byMonth, level: words.byLevel, agency: words.byAgency }[asked.by]
  const behind = documentsBehind(asked, scope)
  return [
    { head: pick(head), cell: line => <Key line={line} by={asked.by} /> },
    { head: pick(words.sent), number: true, cell: line => <Count value={line.sent} to={behind.sent(line)} /> },
    {
      head: pick(words.received),
      number: true,
      cell: line => <Count value={line.received} to={behind.received(line)} />,
    },
    ...definitions.map(({ id, name }) => ({
      head: pick(shortNames[id] ?? name),
      number: true,
      cell: ({ shares }: Line) => share(shares[id]),
    })),
    { head: pick(words.refused), number: true, cell: line => <Count value={line.refused} to={behind.refused(line)} /> },
    { head: pick(words.hubRefused), number: true, cell: line => <Count value={line.hubRefused} /> },
  ]
}

function Key({ line: { key, name }, by }: { readonly line: Line; readonly by: Group }) {
  const pick = usePick()
  if (key === null || key === undefined) return <>{pick(words.unknown)}</>
  if (by === 'month') return <>{monthText(key)}</>
  if (by === 'level') return <>{key in levelWords ? pick(levelWords[key as keyof typeof levelWords]) : key}</>
  return (
    <>
      <bdi>{name ?? key}</bdi>
      <small class="under">
        <code>{key}</code>
      </small>
    </>
  )
}

/** A number that leads to the documents it counts, where their list can show exactly these. */
function Count({ value, to }: { readonly value: number; readonly to?: string | undefined }) {
  const number = useNumber()
  const pick = usePick()
  if (value === 0 || to === undefined) return <>{number(value)}</>
  return (
    <Link to={to} label={`${number(value)}, ${pick(words.seeDocuments)}`}>
      {number(value)}
    </Link>
  )
}
