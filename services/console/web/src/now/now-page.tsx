import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Either } from '../parts/either.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { AttentionList } from './attention-list.tsx'
import { FlowTable } from './flow-table.tsx'
import { FlowView } from './flow-view.tsx'
import { HealthView } from './health-view.tsx'
import type { NowView } from './now-view.ts'
import { PulseTable } from './pulse-table.tsx'
import { PulseView } from './pulse-view.tsx'
import { useNow, usePulse, useTick } from './use-now.ts'
import { nowWords as words } from './words.ts'
import './now.css'

/** What needs me, what flows, and how the hub is; it moves because something has changed. */
export function NowPage() {
  const pick = usePick()
  const { view, live } = useNow()
  return (
    <>
      <div class="page-head">
        <h1>{pick(words.title)}</h1>
        <Badge tone={live ? 'good' : 'wait'}>{pick(live ? words.live : words.reconnecting)}</Badge>
      </div>
      {view.data ? <Content view={view.data} /> : <Waiting error={view.error} retry={() => void view.refetch()} />}
    </>
  )
}

function Waiting({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return error ? <Failure error={error} retry={retry} /> : <Skeleton rows={12} />
}

function Content({ view }: { readonly view: NowView }) {
  const pick = usePick()
  const now = useTick()
  const { attention, levels, flows, flowsSince, health } = view
  return (
    <div class="now">
      <section class="block">
        <h2>{pick(words.attention)}</h2>
        <AttentionList lines={attention} now={now} />
      </section>
      {flows.length === 0 ? (
        <section class="block">
          <h2>{pick(words.flow)}</h2>
          <p class="calm plain">{pick(words.noFlow)}</p>
        </section>
      ) : (
        <Either
          title={pick(words.flow)}
          picture={<FlowView levels={levels} flows={flows} since={flowsSince} />}
          table={<FlowTable flows={flows} since={flowsSince} />}
        />
      )}
      <Pulse now={now} />
      <section class="block">
        <h2>{pick(words.health)}</h2>
        <HealthView lines={health} now={now} />
      </section>
    </div>
  )
}

function Pulse({ now }: { readonly now: number }) {
  const pick = usePick()
  const { data: points, error, refetch } = usePulse()
  const title = pick(words.pulse)
  if (points && points.length > 0) {
    return (
      <Either title={title} picture={<PulseView points={points} now={now} />} table={<PulseTable points={points} />} />
    )
  }
  return (
    <section class="block">
      <h2>{title}</h2>
      {points ? (
        <p class="calm plain">{pick(words.noPulse)}</p>
      ) : (
        <Waiting error={error} retry={() => void refetch()} />
      )}
    </section>
  )
}
