import { localTime, usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { dayPath } from './links.ts'
import type { PulsePoint } from './now-view.ts'
import { hourSums } from './pulse-lines.ts'
import { nowWords as words } from './words.ts'

/** The same figures by the hour. */
export function PulseTable({ points }: { readonly points: readonly PulsePoint[] }) {
  const pick = usePick()
  const number = useNumber()
  const columns: readonly Column<PulsePoint>[] = [
    { head: pick(words.hour), cell: ([at]) => localTime(new Date(at * 1000).toISOString()) },
    {
      head: pick(words.accepted),
      number: true,
      cell: ([at, accepted]) => <Link to={dayPath(at * 1000)}>{number(accepted)}</Link>,
    },
    { head: pick(words.fetched), number: true, cell: ([, , fetched]) => number(fetched) },
    { head: pick(words.acknowledged), number: true, cell: ([, , , acknowledged]) => number(acknowledged) },
  ]
  return <Table caption={pick(words.pulse)} columns={columns} rows={hourSums(points)} keyOf={([at]) => String(at)} />
}
