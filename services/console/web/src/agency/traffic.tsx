import { useQuery } from '@tanstack/preact-query'
import { agencyPath } from '../agencies/agency-row.ts'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Either } from '../parts/either.tsx'
import { useCount, useNumber } from '../parts/number.ts'
import { keyOf } from '../parts/section.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { dayText } from '../parts/time.tsx'
import { useWidth } from '../parts/use-width.ts'
import { Link } from '../router.tsx'
import type { TrafficDay } from './agency-view.ts'
import { barsOf, stripHeight } from './day-bars.ts'
import { agencyWords as words } from './words.ts'

type Direction = 'sent' | 'received'

interface TrafficProps {
  readonly code: string
  readonly days: readonly TrafficDay[]
}

/** What passed in the last 30 days: bars from zero, both directions by one measure; the same as a table. */
export function Traffic({ code }: { readonly code: string }) {
  const pick = usePick()
  const path = `${agencyPath(code)}/traffic`
  const { data, error, refetch } = useQuery({
    queryKey: keyOf(path),
    queryFn: async ({ signal }) => (await api<{ readonly days: readonly TrafficDay[] }>(path, { signal })).days,
  })
  if (data?.some(({ sent, received }) => sent + received > 0)) {
    return (
      <Either
        title={pick(words.traffic)}
        picture={<Strips code={code} days={data} />}
        table={<DayTable days={data} />}
      />
    )
  }
  return (
    <section class="block">
      <h2>{pick(words.traffic)}</h2>
      {data ? (
        <p class="calm plain">{pick(words.noTraffic)}</p>
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={4} />
      )}
    </section>
  )
}

function Strips({ code, days }: TrafficProps) {
  const most = Math.max(...days.flatMap(({ sent, received }) => [sent, received]))
  return (
    <>
      <Strip code={code} days={days} direction="sent" most={most} />
      <Strip code={code} days={days} direction="received" most={most} />
    </>
  )
}

interface StripProps extends TrafficProps {
  readonly direction: Direction
  readonly most: number
}

const asked = { sent: 'sender', received: 'receiver' } as const

function Strip({ code, days, direction, most }: StripProps) {
  const pick = usePick()
  const number = useNumber()
  const count = useCount()
  const [box, width] = useWidth<HTMLDivElement>()
  const total = days.reduce((sum, day) => sum + day[direction], 0)
  const highest = Math.max(...days.map(day => day[direction]))
  const first = dayText(days[0]?.day ?? '')
  const last = dayText(days.at(-1)?.day ?? '')
  return (
    <div class="strip">
      <p class="small">
        <strong>{pick(words[direction])}</strong>{' '}
        <Link to={`/documents?${asked[direction]}=${encodeURIComponent(code)}`}>{count(total, words.documents)}</Link>,{' '}
        {pick(words.mostInADay)} {number(highest)}
      </p>
      <div ref={box}>
        <svg
          width={width}
          height={stripHeight}
          class={`bars ${direction}`}
          role="img"
          aria-label={`${pick(words[direction])}, ${first} – ${last}: ${number(total)}`}
        >
          {barsOf(
            days.map(day => day[direction]),
            { width, most },
          ).map(({ x, y, width: wide, height }, index) => (
            <rect key={days[index]?.day} x={x} y={y} width={wide} height={height}>
              <title>{`${dayText(days[index]?.day ?? '')}: ${number(days[index]?.[direction] ?? 0)}`}</title>
            </rect>
          ))}
          <line x1={0} x2={width} y1={stripHeight - 0.5} y2={stripHeight - 0.5} />
        </svg>
      </div>
      <p class="strip-days small">
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </div>
  )
}

function DayTable({ days }: Pick<TrafficProps, 'days'>) {
  const pick = usePick()
  const number = useNumber()
  const columns: readonly Column<TrafficDay>[] = [
    { head: pick(words.day), cell: ({ day }) => dayText(day) },
    { head: pick(words.sent), number: true, cell: ({ sent }) => number(sent) },
    { head: pick(words.received), number: true, cell: ({ received }) => number(received) },
  ]
  return <Table caption={pick(words.traffic)} columns={columns} rows={days.toReversed()} keyOf={({ day }) => day} />
}
