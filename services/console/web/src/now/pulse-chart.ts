import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export interface ChartWish {
  readonly width: number
  readonly data: [number[], number[], number[], number[]]
  /** Stand at the ends of the lines, in their order. */
  readonly labels: readonly [string, string, string]
  /** What the minute under the pointer holds; null: none is pointed at. */
  readonly point: (index: number | null) => void
}

const height = 200
const labelRoom = 104
const lineHeight = 18
/** Names of the tokens, in the order of the lines. */
const inks = ['--accent', '--wait', '--good'] as const
const zone = 'Asia/Ho_Chi_Minh'
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone })

/** Accepted, fetched and acknowledged on one axis from nought; labels stand at the lines, there is no legend. */
export function drawPulse(box: HTMLElement, { width, data, labels, point }: ChartWish): uPlot {
  const colour = (token: string) => (): string => inkOf(box, token)
  const line = (token: string): uPlot.Series => ({ stroke: colour(token), width: 1.5, points: { show: false } })
  const axis: uPlot.Axis = {
    stroke: colour('--muted'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const options: uPlot.Options = {
    width,
    height,
    padding: [12, labelRoom, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    tzDate: at => uPlot.tzDate(new Date(at * 1000), zone),
    scales: { y: { range: (_chart, _least, most) => [0, Math.max(4, Math.ceil(most * 1.1))] } },
    series: [{}, ...inks.map(line)],
    axes: [
      { ...axis, size: 28, space: 80, values: (_chart, splits) => splits.map(at => clock.format(new Date(at * 1000))) },
      { ...axis, size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] },
    ],
    hooks: {
      draw: [chart => writeLabels(chart, labels, colour)],
      setCursor: [chart => point(chart.cursor.idx ?? null)],
    },
  }
  return new uPlot(options, data, box)
}

/** Where each line ends; two that end together stand one above the other. */
function writeLabels(chart: uPlot, labels: ChartWish['labels'], colour: (token: string) => () => string): void {
  const ratio = devicePixelRatio
  const { ctx, bbox } = chart
  const places = labels
    .map((label, index) => ({ label, ink: inks[index] ?? '--ink', y: chart.valToPos(lastOf(chart, index), 'y', true) }))
    .toSorted((one, other) => other.y - one.y)
  let below = Number.POSITIVE_INFINITY
  ctx.save()
  ctx.font = `600 ${12 * ratio}px system-ui, sans-serif`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  for (const { label, ink, y } of places) {
    below = Math.min(y, below - lineHeight * ratio)
    ctx.fillStyle = colour(ink)()
    ctx.fillText(label, bbox.left + bbox.width + 8 * ratio, below)
  }
  ctx.restore()
}

function lastOf(chart: uPlot, index: number): number {
  return chart.data[index + 1]?.at(-1) ?? 0
}

/** A token as the colour that it is in the present theme. */
function inkOf(box: HTMLElement, token: string): string {
  const probe = document.createElement('span')
  probe.className = `ink-probe ink${token}`
  box.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
