import { useQuery } from '@tanstack/preact-query'
import { roleWords, scopeText } from '../account/rights.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import { type Account, peopleQuery } from './account.ts'
import { peopleWords as words } from './words.ts'

/** Everybody inside the administrator's own scope. */
export function PeoplePage() {
  const pick = usePick()
  const { data, error, refetch } = useQuery(peopleQuery)
  return (
    <>
      <div class="head">
        <h1>{pick(words.title)}</h1>
        <Link to="/settings/people/new" class="button primary">
          {pick(words.add)}
        </Link>
      </div>
      <p class="lead">{pick(words.lead)}</p>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton />
      ) : (
        <People people={data} />
      )}
    </>
  )
}

function People({ people }: { readonly people: readonly Account[] }) {
  const pick = usePick()
  const columns: readonly Column<Account>[] = [
    { head: pick(words.name), cell: person => <Name person={person} /> },
    { head: pick(words.role), cell: ({ role }) => pick(roleWords[role]) },
    { head: pick(words.scope), wide: true, cell: ({ scope }) => pick(scopeText(scope)) },
    { head: pick(words.agencies), cell: ({ agencies }) => agencies.join(', ') || '–' },
    { head: pick(words.state), cell: person => <State person={person} /> },
    {
      head: pick(words.signedIn),
      cell: ({ signedInAt }) => (signedInAt ? <Time at={signedInAt} /> : pick(words.never)),
    },
  ]
  return <Table caption={pick(words.caption)} columns={columns} rows={people} keyOf={({ id }) => id} />
}

function Name({ person }: { readonly person: Account }) {
  return (
    <>
      <Link to={`/settings/people/${person.id}`} class="strong">
        <bdi>{person.name}</bdi>
      </Link>
      <code>{person.login}</code>
    </>
  )
}

function State({ person }: { readonly person: Account }) {
  const pick = usePick()
  if (person.disabledAt) return <Badge tone="bad">{pick(words.disabled)}</Badge>
  if (person.lockedUntil && Date.parse(person.lockedUntil) > Date.now()) {
    return (
      <Badge tone="wait" icon="lock">
        {pick(words.locked)}
      </Badge>
    )
  }
  if (person.hasTotp) return <Badge tone="good">{pick(words.twoFactors)}</Badge>
  return <Badge tone="plain">{pick(person.hasPassword ? words.passwordOnly : words.openIdOnly)}</Badge>
}
