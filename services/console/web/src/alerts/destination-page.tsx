import { useQuery } from '@tanstack/preact-query'
import { usePick } from '../language.tsx'
import type { PageProps } from '../pages.ts'
import { Ask } from '../parts/ask.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Link } from '../router.tsx'
import { type Destination, destinationsQuery } from './alert-view.ts'
import { DestinationFormView } from './destination-form.tsx'
import { destinationFormOf, destinationWishOf, newDestination } from './destination-wish.ts'
import { Trial } from './trial.tsx'
import { useSaving } from './use-saving.ts'
import { alertWords as words } from './words.ts'
import './alerts.css'

/** One destination, or a new one: what goes there, and what it answers when it is tried out. */
export function DestinationPage({ params }: PageProps) {
  const pick = usePick()
  const { data, error, refetch } = useQuery(destinationsQuery)
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton />
  const destination = data.items.find(({ id }) => id === params.id)
  if (params.id !== 'new' && !destination) return <Empty title={pick(words.unknownDestination)} />
  return <Editor key={destination?.id ?? 'new'} destination={destination} />
}

function Editor({ destination }: { readonly destination: Destination | undefined }) {
  const pick = usePick()
  const { told, save, remove } = useSaving('/alerts/destinations', destination?.id)
  return (
    <>
      <p class="small">
        <Link to="/alerts">{pick(words.back)}</Link>
      </p>
      <h1>
        <bdi>{destination?.name ?? pick(words.newDestination)}</bdi>
      </h1>
      {destination && <ConnectionLine destination={destination} />}
      <p class={told?.good ? 'done' : 'fault'} role="status">
        {told && pick(told.text)}
      </p>
      <DestinationFormView
        start={destination ? destinationFormOf(destination) : newDestination}
        isNew={destination === undefined}
        onSave={form => save(destinationWishOf(form))}
      />
      {destination && (
        <>
          <Trial destinationId={destination.id} />
          <section class="part">
            <Ask
              label={pick(words.remove)}
              about={destination.name}
              what={pick(words.removeDestinationEffect)}
              confirm={pick(words.remove)}
              danger
              act={remove}
            />
          </section>
        </>
      )}
    </>
  )
}

const securityNames = { tls: 'TLS', starttls: 'STARTTLS', none: undefined } as const

function ConnectionLine({ destination: { target, connection } }: { readonly destination: Destination }) {
  const pick = usePick()
  const { host, port, security, secret } = connection
  const facts = [
    pick(words[target.kind]),
    port === undefined ? host : `${host}:${port}`,
    security && (securityNames[security] ?? pick(words.unencrypted)),
    secret && pick(words.withSecret),
  ]
  return (
    <p class="lead">
      <bdi>{facts.filter(Boolean).join(' · ')}</bdi>
    </p>
  )
}
