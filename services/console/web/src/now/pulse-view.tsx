import { useEffect, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import { localTime, usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { Skeleton } from '../parts/states.tsx'
import { useWidth } from '../parts/use-width.ts'
import type { PulsePoint } from './now-view.ts'
import { minuteLines } from './pulse-lines.ts'
import { nowWords as words } from './words.ts'

interface PulseViewProps {
  readonly points: readonly PulsePoint[]
  readonly now: number
}

type ChartModule = typeof import('./pulse-chart.ts')

/** Three lines over a day. What draws them is loaded when they are first shown. */
export function PulseView({ points, now }: PulseViewProps) {
  const pick = usePick()
  const number = useNumber()
  const [box, width] = useWidth<HTMLDivElement>()
  const [module, setModule] = useState<ChartModule>()
  const [pointed, setPointed] = useState<number | null>(null)
  const chart = useRef<uPlot>(undefined)
  const theme = useTheme()
  const labels = [pick(words.accepted), pick(words.fetched), pick(words.acknowledged)] as const
  const data = minuteLines(points, now / 1000)

  useEffect(() => {
    void import('./pulse-chart.ts').then(setModule)
  }, [])
  useEffect(() => {
    if (!module || !box.current || width === 0) return
    chart.current = module.drawPulse(box.current, { width, data, labels, point: setPointed })
    return () => chart.current?.destroy()
  }, [module, width, theme, ...labels])
  useEffect(() => chart.current?.setData(data), [points, now])

  const at = pointed === null ? undefined : data[0][pointed]
  const values = [1, 2, 3].map((column, index) => `${labels[index]} ${number(data[column]?.[pointed ?? 0] ?? 0)}`)
  return (
    <div class="pulse">
      <div ref={box} class="pulse-chart" role="img" aria-label={`${pick(words.pulse)}. ${pick(words.perMinute)}`}>
        {!module && <Skeleton rows={4} />}
      </div>
      <p class="small">
        {at === undefined
          ? pick(words.perMinute)
          : `${localTime(new Date(at * 1000).toISOString())}: ${values.join(', ')}`}
      </p>
    </div>
  )
}

/** Grows with every change of the theme: canvases do not follow by themselves. */
function useTheme(): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const changed = () => setChanges(count => count + 1)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const observer = new MutationObserver(changed)
    dark.addEventListener('change', changed)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      dark.removeEventListener('change', changed)
      observer.disconnect()
    }
  }, [])
  return changes
}
