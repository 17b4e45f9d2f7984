import { usePick } from '../language.tsx'
import { useCount, useNumber } from '../parts/number.ts'
import type { Retention, Rules } from './settings-view.ts'
import {
  anchorWords,
  environmentWords,
  keptWords,
  lateWords,
  malwareWords,
  ruleWords,
  units,
  settingsWords as words,
} from './words.ts'

const mebibyte = 1024 * 1024

/** What was decided at the start of the hub, in words; the settings' names are for whoever changes them. */
export function RulesView({ rules }: { readonly rules: Rules }) {
  const pick = usePick()
  const count = useCount()
  const number = useNumber()
  const { urgentWorkingMinutes, veryUrgentMinutes, mostUrgentMinutes, leaseMinutes } = rules
  const rows = [
    [ruleWords.environment, pick(environmentWords[rules.environment]), 'DOCAXIS_ENVIRONMENT'],
    [ruleWords.urgent, count(urgentWorkingMinutes, units.workingMinutes), 'DOCAXIS_FETCH_URGENT_WORKING_MINUTES'],
    [ruleWords.veryUrgent, count(veryUrgentMinutes, units.minutes), 'DOCAXIS_FETCH_VERY_URGENT_MINUTES'],
    [ruleWords.mostUrgent, count(mostUrgentMinutes, units.minutes), 'DOCAXIS_FETCH_MOST_URGENT_MINUTES'],
    [ruleWords.lease, count(leaseMinutes, units.minutes), 'DOCAXIS_LEASE_MS'],
    [ruleWords.attempts, count(rules.attempts, units.times), 'DOCAXIS_MAX_ATTEMPTS'],
    [ruleWords.largest, `${number(rules.largestEnvelopeBytes / mebibyte)} MB`, 'DOCAXIS_MAX_ENVELOPE_BYTES'],
    [ruleWords.calls, count(rules.callsPerMinute, units.calls), 'DOCAXIS_REQUESTS_PER_MINUTE'],
    [ruleWords.anchors, pick(anchorWords[rules.anchorOperators]), 'DOCAXIS_ANCHOR_OPERATORS'],
    [ruleWords.late, pick(lateWords[rules.lateRevocation]), 'DOCAXIS_LATE_REVOCATION'],
    [ruleWords.malware, pick(malwareWords[rules.malware]), 'DOCAXIS_MALWARE'],
  ] as const
  return (
    <section id="rules" class="block">
      <h2>{pick(words.rules)}</h2>
      <p class="small">{pick(words.rulesHow)}</p>
      <dl class="pairs">
        {rows.map(([name, value, setting]) => (
          <Pair key={setting} name={pick(name)} value={value} setting={setting} />
        ))}
      </dl>
    </section>
  )
}

/** What the hub forgets, and what it never does. */
export function RetentionView({ retention }: { readonly retention: Retention }) {
  const pick = usePick()
  const count = useCount()
  const rows = [
    [keptWords.documents, pick(words.forGood)],
    [keptWords.alerts, count(retention.alertDays, units.days)],
    [keptWords.webhook, count(retention.webhookDays, units.days)],
    [keptWords.keys, count(retention.keyDays, units.days)],
    [keptWords.calls, count(retention.vxpCalls, units.lastCalls)],
    [keptWords.pulse, count(retention.pulseHours, units.hours)],
  ] as const
  return (
    <section id="retention" class="block">
      <h2>{pick(words.retention)}</h2>
      <dl class="pairs">
        {rows.map(([name, value]) => (
          <Pair key={name.en} name={pick(name)} value={value} />
        ))}
      </dl>
    </section>
  )
}

interface PairProps {
  readonly name: string
  readonly value: string
  readonly setting?: string
}

function Pair({ name, value, setting }: PairProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {value}
        {setting && (
          <>
            <br />
            <code>{setting}</code>
          </>
        )}
      </dd>
    </>
  )
}
