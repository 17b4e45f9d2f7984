import { localTime, usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { hourPath, trafficSteps } from './links.ts'
import type { PulsePoint } from './now-view.ts'
import { hourSums } from './pulse-lines.ts'
import { nowWords as words } from './words.ts'

/** The same figures by the hour. */
export function PulseTable({ points }: { readonly points: readonly PulsePoint[] }) {
  const pick = usePick()
  const number = useNumber()
  const columns: readonly Column<PulsePoint>[] = [
    { head: pick(words.hour), cell: ([at]) => localTime(new Date(at * 1000).toISOString()) },
    ...trafficSteps.map((step, place) => ({
      head: pick(words[step]),
      number: true,
      cell: (hour: PulsePoint) => {
        const count = hour[place + 1] ?? 0
        return count === 0 ? '0' : <Link to={hourPath(hour, step, points)}>{number(count)}</Link>
      },
    })),
  ]
  return <Table caption={pick(words.pulse)} columns={columns} rows={hourSums(points)} keyOf={([at]) => String(at)} />
}
