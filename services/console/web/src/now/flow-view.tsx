import { useContext, useState } from 'preact/hooks'
import { LanguageContext, usePick } from '../language.tsx'
import { type Level, levelWords } from '../parts/level-words.ts'
import { useNumber } from '../parts/number.ts'
import { useWidth } from '../parts/use-width.ts'
import { followLink, Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { durationText } from './duration.ts'
import { type Band, flowShape, type Ribbon } from './flow-shape.ts'
import { flowPath, latePath, ribbonPath } from './links.ts'
import type { Flow } from './now-view.ts'
import { nowWords as words } from './words.ts'

interface FlowViewProps {
  readonly levels: readonly Level[]
  readonly flows: readonly Flow[]
  /** Where the hour of the flows begins. */
  readonly since: string
}

const bandWidth = 8
const wideLabels = 112
const narrowLabels = 88
const narrowBelow = 520

/** The levels at both sides and ribbons between them; what one holds stands in words below, on pointing or focus. */
export function FlowView({ levels, flows, since }: FlowViewProps) {
  const pick = usePick()
  const [box, width] = useWidth<HTMLDivElement>()
  const [pointed, setPointed] = useState<Flow>()
  const labels = width < narrowBelow ? narrowLabels : wideLabels
  const left = labels + bandWidth
  const right = width - labels - bandWidth
  const shape = flowShape(levels, flows, { left, right })
  const shown = pointed && flows.find(({ from, to }) => from === pointed.from && to === pointed.to)
  return (
    <div ref={box} class="flow">
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: an svg with links in it is a group, and can be no fieldset
        <svg width={width} height={shape.height} role="group" aria-label={pick(words.flow)}>
          {shape.ribbons.map(ribbon => (
            <RibbonView
              key={`${ribbon.flow.from} ${ribbon.flow.to}`}
              ribbon={ribbon}
              since={since}
              point={setPointed}
            />
          ))}
          {shape.senders.map(band => (
            <BandView
              key={band.level}
              band={band}
              x={labels}
              text={labels - 8}
              anchor="end"
              verb={pick(words.sends)}
              to={flowPath({ from: band.level }, 'accepted', since)}
            />
          ))}
          {shape.receivers.map(band => (
            <BandView
              key={band.level}
              band={band}
              x={right}
              text={right + bandWidth + 8}
              anchor="start"
              verb={pick(words.receives)}
              to={flowPath({ to: band.level }, 'accepted', since)}
            />
          ))}
        </svg>
      )}
      <p class="small flow-words" aria-live="polite">
        {shown ? <FlowWords flow={shown} /> : <AllWords flows={flows} since={since} />}
      </p>
    </div>
  )
}

interface BandProps {
  readonly band: Band
  readonly x: number
  readonly text: number
  readonly anchor: 'start' | 'end'
  readonly verb: string
  /** What it counts. */
  readonly to: string
}

function BandView({ band, x, text, anchor, verb, to }: BandProps) {
  const pick = usePick()
  const number = useNumber()
  const count = (
    <text class="muted" x={text} y={band.y + 32} text-anchor={anchor}>
      {`${number(band.documents)} ${verb}`}
    </text>
  )
  return (
    <g>
      <rect class="band" x={x} y={band.y} width={bandWidth} height={band.height} />
      <text x={text} y={band.y + 14} text-anchor={anchor}>
        {pick(levelWords[band.level])}
      </text>
      {band.documents === 0 ? (
        count
      ) : (
        <a href={to} class="band-count" onClick={followLink(to)}>
          {count}
        </a>
      )}
    </g>
  )
}

interface RibbonProps {
  readonly ribbon: Ribbon
  readonly since: string
  readonly point: (flow: Flow | undefined) => void
}

function RibbonView({ ribbon: { flow, path }, since, point }: RibbonProps) {
  const sentence = useFlowSentence()
  const to = ribbonPath(flow, since)
  return (
    <a
      href={to}
      class={flow.late > 0 ? 'ribbon late' : 'ribbon'}
      aria-label={sentence(flow)}
      onClick={followLink(to)}
      onPointerEnter={() => point(flow)}
      onPointerLeave={() => point(undefined)}
      onFocus={() => point(flow)}
      onBlur={() => point(undefined)}
    >
      <path d={path} />
    </a>
  )
}

function FlowWords({ flow }: { readonly flow: Flow }) {
  const sentence = useFlowSentence()
  return <>{sentence(flow)}</>
}

function AllWords({ flows, since }: Pick<FlowViewProps, 'flows' | 'since'>) {
  const pick = usePick()
  const number = useNumber()
  const { scope } = usePerson()
  const accepted = flows.reduce((sum, flow) => sum + flow.accepted, 0)
  const late = flows.reduce((sum, flow) => sum + flow.late, 0)
  return (
    <>
      {pick(words.lastHour)}: <Link to={flowPath({}, 'accepted', since)}>{number(accepted)}</Link>{' '}
      {pick(words.deliveries)},{' '}
      {late === 0 ? (
        pick(words.nothingLate)
      ) : (
        <>
          <Link to={latePath({})}>{number(late)}</Link> {pick(words.late).toLowerCase()}
        </>
      )}
      . {pick(words.counting)} {!scope.everything && pick(words.underWay)}
    </>
  )
}

/** One flow as a person would say it. */
function useFlowSentence(): (flow: Flow) => string {
  const pick = usePick()
  const number = useNumber()
  const language = useContext(LanguageContext)
  return ({ from, to, accepted, fetchSeconds, late }) =>
    [
      `${pick(levelWords[from])} ${pick(words.to)} ${pick(levelWords[to])}: ${number(accepted)} ${pick(words.deliveries)}`,
      fetchSeconds !== null && `${pick(words.untilFetched).toLowerCase()} ${durationText(fetchSeconds, language)}`,
      late > 0 && `${number(late)} ${pick(words.late).toLowerCase()}`,
    ]
      .filter(Boolean)
      .join('; ')
}
