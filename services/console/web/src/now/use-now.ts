import { type QueryClient, useQuery, useQueryClient } from '@tanstack/preact-query'
import { useEffect, useState } from 'preact/hooks'
import { api, apiUrl } from '../api.ts'
import { sessionKey } from '../session.ts'
import type { NowView, PulsePoint } from './now-view.ts'

const nowKey = ['now'] as const
const pulseKey = ['now-pulse'] as const

/** The first page, asked for once and then told whenever something has changed. */
export function useNow() {
  const queries = useQueryClient()
  const [live, setLive] = useState(true)
  useEffect(() => {
    const line = new EventSource(apiUrl('/now/live'))
    line.onopen = () => setLive(true)
    line.onmessage = ({ data }) => {
      setLive(true)
      take(queries, JSON.parse(data) as NowView)
    }
    const over = () => {
      line.close()
      void queries.invalidateQueries({ queryKey: sessionKey })
    }
    line.addEventListener('session', over)
    line.onerror = () => {
      setLive(false)
      // The browser gives up by itself on an answer that is no stream: nobody is signed in any more.
      if (line.readyState === EventSource.CLOSED) over()
    }
    return () => line.close()
  }, [queries])
  const view = useQuery({ queryKey: nowKey, queryFn: ({ signal }) => api<NowView>('/now', { signal }) })
  return { view, live }
}

export function usePulse() {
  return useQuery({
    queryKey: pulseKey,
    queryFn: async ({ signal }) => (await api<{ minutes: readonly PulsePoint[] }>('/now/pulse', { signal })).minutes,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function take(queries: QueryClient, view: NowView): void {
  queries.setQueryData(nowKey, view)
  queries.setQueryData<readonly PulsePoint[]>(pulseKey, known => known && renewed(known, view.minutes))
}

/** What was known, with its last minutes as they are told now. */
function renewed(known: readonly PulsePoint[], told: readonly PulsePoint[]): readonly PulsePoint[] {
  const byMinute = new Map(known.map(point => [point[0], point]))
  for (const point of told) byMinute.set(point[0], point)
  return [...byMinute.values()].toSorted((one, other) => one[0] - other[0])
}

const tickMs = 5_000

/** Lets relative times grow although nothing else has changed. */
export function useTick(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
