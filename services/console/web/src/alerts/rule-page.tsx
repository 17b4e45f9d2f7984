import { useQuery } from '@tanstack/preact-query'
import { usePick } from '../language.tsx'
import type { PageProps } from '../pages.ts'
import { Ask } from '../parts/ask.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import { type AlertRule, type Destination, destinationsQuery, rulesQuery } from './alert-view.ts'
import { RuleFormView } from './rule-form.tsx'
import { newRule, ruleFormOf, ruleWishOf } from './rule-wish.ts'
import { useSaving } from './use-saving.ts'
import { alertWords as words } from './words.ts'
import './alerts.css'

/** One rule, or a new one. */
export function RulePage({ params }: PageProps) {
  const pick = usePick()
  const rules = useQuery(rulesQuery)
  const destinations = useQuery(destinationsQuery)
  const error = rules.error ?? destinations.error
  if (error) return <Failure error={error} retry={() => void Promise.all([rules.refetch(), destinations.refetch()])} />
  if (!rules.data || !destinations.data) return <Skeleton />
  const rule = rules.data.items.find(({ id }) => id === params.id)
  if (params.id !== 'new' && !rule) return <Empty title={pick(words.unknownRule)} />
  return <Editor key={rule?.id ?? 'new'} rule={rule} destinations={destinations.data.items} />
}

interface EditorProps {
  readonly rule: AlertRule | undefined
  readonly destinations: readonly Destination[]
}

function Editor({ rule, destinations }: EditorProps) {
  const pick = usePick()
  const { accountId } = usePerson()
  const { told, save, remove } = useSaving('/alerts/rules', rule?.id)
  const own = destinations.filter(one => one.accountId === (rule?.accountId ?? accountId))
  return (
    <>
      <p class="small">
        <Link to="/alerts">{pick(words.back)}</Link>
      </p>
      <h1>
        <bdi>{rule?.name ?? pick(words.newRule)}</bdi>
      </h1>
      <p class={told?.good ? 'done' : 'fault'} role="status">
        {told && pick(told.text)}
      </p>
      {own[0] ? (
        <RuleFormView
          start={rule ? ruleFormOf(rule) : newRule(own[0].id)}
          destinations={own}
          onSave={form => save(ruleWishOf(form))}
        />
      ) : (
        <Empty title={pick(words.needDestination)}>
          <Link to="/alerts/destinations/new" class="button">
            {pick(words.addDestination)}
          </Link>
        </Empty>
      )}
      {rule && (
        <section class="part">
          <Ask
            label={pick(words.remove)}
            about={rule.name}
            what={pick(words.removeRuleEffect)}
            confirm={pick(words.remove)}
            danger
            act={remove}
          />
        </section>
      )}
    </>
  )
}
