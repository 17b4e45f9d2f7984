import { localTime, usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { useCount } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { type Window, windowOf, windows, within } from './lists.ts'
import { commonName, type EndingCertificate } from './trust-view.ts'
import { certificateKinds, trustWords as words } from './words.ts'

export function Certificates({ rows }: { readonly rows: readonly EndingCertificate[] }) {
  const pick = usePick()
  const address = useAddress()
  const chosen = windowOf(address.query)
  const shown = within(rows, chosen)
  return (
    <>
      <nav class="windows" aria-label={pick(words.certificates)}>
        {windows.map(window => (
          <Link key={window} to={withQuery(address, { days: window })} current={window === chosen}>
            <WindowName window={window} /> <strong>{within(rows, window).length}</strong>
          </Link>
        ))}
      </nav>
      {shown.length === 0 ? <p class="calm">{pick(words.noneEnds)}</p> : <CertificateTable rows={shown} />}
      <p class="small">{pick(words.reminders)}</p>
    </>
  )
}

function WindowName({ window }: { readonly window: Window }) {
  const pick = usePick()
  if (window === 'ended') return <>{pick(words.ended)}</>
  return <>{window === '1' ? pick(words.oneDay) : `${window} ${pick(words.days)}`}</>
}

function CertificateTable({ rows }: { readonly rows: readonly EndingCertificate[] }) {
  const pick = usePick()
  const columns: readonly Column<EndingCertificate>[] = [
    { head: pick(words.holder), cell: row => <Holder row={row} /> },
    { head: pick(words.kind), cell: ({ kind }) => pick(certificateKinds[kind]) },
    { head: pick(words.daysLeft), cell: ({ days }) => <DaysLeft days={days} /> },
    { head: pick(words.until), cell: ({ notAfter }) => localTime(notAfter) },
    {
      head: pick(words.reminded),
      cell: ({ reminded }) =>
        reminded.length === 0 ? pick(words.notYet) : `${reminded.join(', ')} ${pick(words.beforeDays)}`,
    },
  ]
  return <Table caption={pick(words.certificates)} columns={columns} rows={rows} keyOf={({ sha256 }) => sha256} />
}

function Holder({ row: { agency, subject } }: { readonly row: EndingCertificate }) {
  return (
    <>
      <bdi class="name">{agency?.name ?? agency?.code ?? commonName(subject)}</bdi>
      <small class="under" title={subject}>
        {agency && (
          <>
            <code>{agency.code}</code> ·{' '}
          </>
        )}
        <bdi>{agency ? commonName(subject) : subject}</bdi>
      </small>
    </>
  )
}

function DaysLeft({ days }: { readonly days: number }) {
  const pick = usePick()
  const count = useCount()
  const tone: Tone = days < 7 ? 'bad' : days < 30 ? 'wait' : 'plain'
  if (days < 0) return <Badge tone="bad">{pick(words.endedAgo)}</Badge>
  return <Badge tone={tone}>{days === 0 ? pick(words.today) : count(days, words.days)}</Badge>
}
