import type { ComponentChildren } from 'preact'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { Time } from '../parts/time.tsx'
import type { Track } from './document-view.ts'
import { TroubleText, troubleTone } from './trouble-text.tsx'
import { levelWords, stationWords, documentWords as words } from './words.ts'

/** More receivers than this are a grid of small tracks. */
const mostWide = 8
const levels = ['central', 'province', 'district', 'commune'] as const

interface TracksProps {
  readonly tracks: readonly Track[]
  /** What can be done about one of them, for those who may. */
  readonly actionsOf: (track: Track) => ComponentChildren
}

/** One track for each receiver, the same seven stations in the same place. */
export function Tracks({ tracks, actionsOf }: TracksProps) {
  if (tracks.length <= mostWide) {
    return (
      <div class="tracks">
        {tracks.map(track => (
          <WideTrack key={track.receiver} track={track} actions={actionsOf(track)} />
        ))}
      </div>
    )
  }
  return (
    <>
      {[...levels, null].map(level => {
        const here = tracks.filter(track => track.level === level).toSorted(worstFirst)
        return here.length > 0 && <LevelGrid key={level} level={level} tracks={here} actionsOf={actionsOf} />
      })}
    </>
  )
}

const badness = (track: Track): number =>
  track.troubles.reduce((sum, trouble) => sum + (troubleTone(trouble) === 'bad' ? 100 : 10), 0) - track.reached

const worstFirst = (left: Track, right: Track): number => badness(right) - badness(left)

function WideTrack({ track, actions }: { readonly track: Track; readonly actions: ComponentChildren }) {
  const pick = usePick()
  const stop = track.stops[track.reached]
  return (
    <article class="track">
      <header class="track-head">
        <h3>
          <bdi>{track.name ?? track.receiver}</bdi> <code>{track.receiver}</code>
        </h3>
        {actions}
      </header>
      <Stations track={track} />
      <p class="track-now">
        <strong>{pick(stationWords[stop?.station ?? ''] ?? words.accepted)}</strong>
        {stop?.at && (
          <>
            {' · '}
            <Time at={stop.at} />
          </>
        )}
        {stop?.by && (
          <>
            {' · '}
            <bdi>{stop.by}</bdi>
          </>
        )}
        {stop?.station === 'registered' && !track.asksFinish && <> · {pick(words.noFinish)}</>}
      </p>
      <Troubles track={track} />
    </article>
  )
}

/** Filled as far as it came; the names stand below on a wide page, and are read out on any. */
function Stations({ track }: { readonly track: Track }) {
  const pick = usePick()
  const isBad = track.troubles.some(trouble => troubleTone(trouble) === 'bad')
  return (
    <ol class={`stations${isBad ? ' bad' : ''}`}>
      {track.stops.map(({ station, at }, index) => (
        <li
          key={station}
          class={index <= track.reached ? 'passed' : 'ahead'}
          aria-current={index === track.reached ? 'step' : undefined}
        >
          <span class="dot">
            {index <= track.reached && <Icon name={isBad && index === track.reached ? 'bad' : 'good'} size={12} />}
          </span>
          <span class="station-name">{pick(stationWords[station] ?? words.accepted)}</span>
          {at && index <= track.reached && (
            <span class="station-time">
              <Time at={at} />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

function Troubles({ track }: { readonly track: Track }) {
  return (
    <>
      {track.troubles.map(trouble => (
        <p key={`${trouble.kind}${trouble.owed ?? ''}`} class={`trouble ${troubleTone(trouble)}`}>
          <Icon name={troubleTone(trouble)} size={16} />
          <span>
            <TroubleText trouble={trouble} />
          </span>
        </p>
      ))}
    </>
  )
}

interface LevelGridProps {
  readonly level: (typeof levels)[number] | null
  readonly tracks: readonly Track[]
  readonly actionsOf: TracksProps['actionsOf']
}

function LevelGrid({ level, tracks, actionsOf }: LevelGridProps) {
  const pick = usePick()
  const name = levelWords[level ?? ''] ?? { vi: 'Không rõ cấp', en: 'Level unknown' }
  return (
    <section class="level">
      <h3>
        {pick(name)} <span class="small">({tracks.length})</span>
      </h3>
      <div class="small-tracks">
        {tracks.map(track => (
          <details key={track.receiver} class="small-track">
            <summary>
              <bdi class="small-track-name">{track.name ?? track.receiver}</bdi>
              <SmallStations track={track} />
              <span class="small">
                {pick(stationWords[track.stops[track.reached]?.station ?? ''] ?? words.accepted)}
              </span>
              <Troubles track={track} />
            </summary>
            <WideTrack track={track} actions={actionsOf(track)} />
          </details>
        ))}
      </div>
    </section>
  )
}

function SmallStations({ track }: { readonly track: Track }) {
  const isBad = track.troubles.some(trouble => troubleTone(trouble) === 'bad')
  return (
    <span class={`small-stations${isBad ? ' bad' : ''}`} aria-hidden="true">
      {track.stops.map(({ station }, index) => (
        <span key={station} class={index <= track.reached ? 'passed' : 'ahead'} />
      ))}
    </span>
  )
}
