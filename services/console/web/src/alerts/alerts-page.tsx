import { usePick } from '../language.tsx'
import { Section } from '../parts/section.tsx'
import { Link } from '../router.tsx'
import type { AlertRule, Destination, Items } from './alert-view.ts'
import { Destinations } from './destinations.tsx'
import { Messages } from './messages.tsx'
import { Rules } from './rules.tsx'
import { alertWords as words } from './words.ts'
import './alerts.css'

/** What people are told of outside of the console, where, and what was told. */
export function AlertsPage() {
  const pick = usePick()
  return (
    <>
      <div class="head">
        <h1>{pick(words.title)}</h1>
        <Link to="/alerts/rules/new" class="button primary">
          {pick(words.addRule)}
        </Link>
      </div>
      <p class="lead alerts-lead">{pick(words.lead)}</p>
      <div class="alerts">
        <Section<Items<AlertRule>> id="rules" title={pick(words.rules)} path="/alerts/rules">
          {({ items }) => <Rules rules={items} />}
        </Section>
        <Section<Items<Destination>> id="destinations" title={pick(words.destinations)} path="/alerts/destinations">
          {({ items }) => <Destinations destinations={items} />}
        </Section>
        <Messages />
      </div>
    </>
  )
}
