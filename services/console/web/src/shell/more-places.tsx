import { useEffect, useId, useRef } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { useAddress } from '../router.tsx'
import { type Place, PlaceLink } from './place-link.tsx'
import { shellWords as words } from './words.ts'

/** The places that a phone's bar has no room for, on a sheet above it. */
export function MorePlaces({ places }: { readonly places: readonly Place[] }) {
  const pick = usePick()
  const sheet = useRef<HTMLDialogElement>(null)
  const id = useId()
  const address = useAddress()
  // Whoever has gone somewhere, be it where they are already, wants to see it.
  useEffect(() => sheet.current?.close(), [address])
  const here = places.some(({ current }) => current)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-current={here ? 'true' : undefined}
        onClick={() => sheet.current?.showModal()}
      >
        <Icon name="more" />
        <span>{pick(words.more)}</span>
      </button>
      <dialog ref={sheet} class="sheet" closedby="any" aria-labelledby={id}>
        <div class="sheet-head">
          <h2 id={id}>{pick(words.otherPages)}</h2>
          <button type="button" class="quiet" aria-label={pick(words.close)} onClick={() => sheet.current?.close()}>
            <Icon name="close" />
          </button>
        </div>
        <ul>
          {places.map(place => (
            <li key={place.path}>
              <PlaceLink place={place} />
            </li>
          ))}
        </ul>
      </dialog>
    </>
  )
}
