import { useContext, useState } from 'preact/hooks'
import { LanguageContext, usePick } from '../language.tsx'
import { type Level, levelWords } from '../parts/level-words.ts'
import { useNumber } from '../parts/number.ts'
import { useWidth } from '../parts/use-width.ts'
import { navigate } from '../router.tsx'
import { durationText } from './duration.ts'
import { type Band, flowShape, type Ribbon } from './flow-shape.ts'
import { flowPath } from './links.ts'
import type { Flow } from './now-view.ts'
import { nowWords as words } from './words.ts'

interface FlowViewProps {
  readonly levels: readonly Level[]
  readonly flows: readonly Flow[]
  readonly now: number
}

const bandWidth = 8
const wideLabels = 112
const narrowLabels = 88
const narrowBelow = 520

/** The levels at both sides and ribbons between them; what one holds stands in words below, on pointing or focus. */
export function FlowView({ levels, flows, now }: FlowViewProps) {
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
            <RibbonView key={`${ribbon.flow.from} ${ribbon.flow.to}`} ribbon={ribbon} now={now} point={setPointed} />
          ))}
          {shape.senders.map(band => (
            <BandView key={band.level} band={band} x={labels} text={labels - 8} anchor="end" verb={pick(words.sends)} />
          ))}
          {shape.receivers.map(band => (
            <BandView
              key={band.level}
              band={band}
              x={right}
              text={right + bandWidth + 8}
              anchor="start"
              verb={pick(words.receives)}
            />
          ))}
        </svg>
      )}
      <p class="small flow-words" aria-live="polite">
        {shown ? <FlowWords flow={shown} /> : <AllWords flows={flows} />}
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
}

function BandView({ band, x, text, anchor, verb }: BandProps) {
  const pick = usePick()
  const number = useNumber()
  return (
    <g>
      <rect class="band" x={x} y={band.y} width={bandWidth} height={band.height} />
      <text x={text} y={band.y + 14} text-anchor={anchor}>
        {pick(levelWords[band.level])}
      </text>
      <text class="muted" x={text} y={band.y + 32} text-anchor={anchor}>
        {`${number(band.documents)} ${verb}`}
      </text>
    </g>
  )
}

interface RibbonProps {
  readonly ribbon: Ribbon
  readonly now: number
  readonly point: (flow: Flow | undefined) => void
}

function RibbonView({ ribbon: { flow, path }, now, point }: RibbonProps) {
  const sentence = useFlowSentence()
  const to = flowPath(flow, now)
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(to)
  }
  return (
    <a
      href={to}
      class={flow.late > 0 ? 'ribbon late' : 'ribbon'}
      aria-label={sentence(flow)}
      onClick={follow}
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

function AllWords({ flows }: { readonly flows: readonly Flow[] }) {
  const pick = usePick()
  const number = useNumber()
  const accepted = flows.reduce((sum, flow) => sum + flow.accepted, 0)
  const late = flows.reduce((sum, flow) => sum + flow.late, 0)
  const lateText = late === 0 ? pick(words.nothingLate) : `${number(late)} ${pick(words.late).toLowerCase()}`
  return (
    <>
      {pick(words.lastHour)}: {number(accepted)} {pick(words.deliveries)}, {lateText}. {pick(words.counting)}
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
