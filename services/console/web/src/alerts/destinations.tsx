import { usePick } from '../language.tsx'
import { Empty } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import type { Destination } from './alert-view.ts'
import { alertWords as words } from './words.ts'

export function Destinations({ destinations }: { readonly destinations: readonly Destination[] }) {
  const pick = usePick()
  const columns: readonly Column<Destination>[] = [
    { head: pick(words.name), cell: destination => <DestinationName destination={destination} /> },
    { head: pick(words.kind), cell: ({ target }) => pick(words[target.kind]) },
    {
      head: pick(words.whom),
      wide: true,
      cell: ({ target, connection }) => <bdi>{target.kind === 'mail' ? target.to.join(', ') : connection.host}</bdi>,
    },
  ]
  return (
    <>
      {destinations.length === 0 ? (
        <Empty title={pick(words.noDestinations)}>
          <p class="small">{pick(words.noDestinationsHint)}</p>
        </Empty>
      ) : (
        <Table caption={pick(words.destinations)} columns={columns} rows={destinations} keyOf={({ id }) => id} />
      )}
      <Link to="/alerts/destinations/new" class="button">
        {pick(words.addDestination)}
      </Link>
    </>
  )
}

function DestinationName({ destination }: { readonly destination: Destination }) {
  const { id, name, accountId, login } = destination
  const person = usePerson()
  return (
    <>
      <Link to={`/alerts/destinations/${id}`} class="strong">
        <bdi>{name}</bdi>
      </Link>
      {accountId !== person.accountId && <code>{login}</code>}
    </>
  )
}
