import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { dayText } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import { type AgencyRow, agencyPath } from './agency-row.ts'
import { agenciesWords as words } from './words.ts'

type Facts = Pick<AgencyRow, 'lifecycle' | 'closedFrom' | 'connected' | 'canReceive'>

/** Whether its code is open and somebody fetches for it: what decides whether a document arrives. */
export function StandingBadge({ row: { lifecycle, closedFrom, connected, canReceive } }: { readonly row: Facts }) {
  const pick = usePick()
  if (lifecycle === 'closed') {
    return (
      <Badge tone="plain" icon="lock">
        {pick(words.closed)}
        {closedFrom && ` ${pick(words.closedFrom)} ${dayText(closedFrom)}`}
      </Badge>
    )
  }
  if (lifecycle === 'not-yet-open') return <Badge tone="plain">{pick(words.notYetOpen)}</Badge>
  if (!canReceive) {
    return (
      <Badge tone="wait" icon="lock">
        {pick(words.locked)}
      </Badge>
    )
  }
  return <Badge tone={connected ? 'good' : 'wait'}>{pick(connected ? words.connected : words.notConnected)}</Badge>
}

/** Who receives for a closed code. */
export function Successor({ row: { lifecycle, successor, choices } }: { readonly row: AgencyRow }) {
  const pick = usePick()
  if (lifecycle !== 'closed') return null
  if (successor) {
    return (
      <small class="under">
        {pick(words.nowIs)}{' '}
        <Link to={agencyPath(successor.code)}>
          <bdi>{successor.name ?? successor.code}</bdi>
        </Link>
      </small>
    )
  }
  return <small class="under">{choices > 0 ? `${pick(words.chosen)} ${choices}` : pick(words.noSuccessor)}</small>
}
