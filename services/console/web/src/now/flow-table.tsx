import { useContext } from 'preact/hooks'
import { LanguageContext, usePick } from '../language.tsx'
import { levelWords } from '../parts/level-words.ts'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { durationText } from './duration.ts'
import { flowPath, latePath, type TrafficStep } from './links.ts'
import type { Flow } from './now-view.ts'
import { nowWords as words } from './words.ts'

/** The same figures as the picture. */
export function FlowTable({ flows, since }: { readonly flows: readonly Flow[]; readonly since: string }) {
  const pick = usePick()
  const number = useNumber()
  const language = useContext(LanguageContext)
  const step = (name: TrafficStep): Column<Flow> => ({
    head: pick(words[name]),
    number: true,
    cell: flow => (flow[name] === 0 ? '0' : <Link to={flowPath(flow, name, since)}>{number(flow[name])}</Link>),
  })
  const columns: readonly Column<Flow>[] = [
    {
      head: `${pick(words.sender)} → ${pick(words.receiver).toLowerCase()}`,
      cell: ({ from, to }) => `${pick(levelWords[from])} → ${pick(levelWords[to])}`,
    },
    step('accepted'),
    step('fetched'),
    step('acknowledged'),
    {
      head: pick(words.untilFetched),
      number: true,
      cell: ({ fetchSeconds }) => (fetchSeconds === null ? '–' : durationText(fetchSeconds, language)),
    },
    {
      head: pick(words.late),
      number: true,
      cell: flow => (flow.late === 0 ? '0' : <Link to={latePath(flow)}>{number(flow.late)}</Link>),
    },
  ]
  return (
    <Table
      caption={`${pick(words.flow)}. ${pick(words.lastHour)}.`}
      columns={columns}
      rows={flows}
      keyOf={({ from, to }) => `${from} ${to}`}
    />
  )
}
