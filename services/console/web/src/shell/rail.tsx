import { usePick } from '../language.tsx'
import { pages } from '../pages.ts'
import { useAddress } from '../router.tsx'
import { usePerson } from '../session.ts'
import { MorePlaces } from './more-places.tsx'
import { type Place, PlaceLink } from './place-link.tsx'
import { shellWords as words } from './words.ts'

/** As many as five columns of a phone take, the fifth being the one that leads to the others. */
const barPlaces = 4

/** The navigation: a rail with every place, or at the bottom of a phone a bar with the first, the others behind one button. */
export function Rail() {
  const pick = usePick()
  const places = usePlaces()
  const others = places.length > barPlaces + 1 ? places.slice(barPlaces) : []
  return (
    <nav class="rail" aria-label={pick(words.pages)}>
      <ul>
        {places.map(place => (
          <li key={place.path} class={others.includes(place) ? 'not-in-bar' : undefined}>
            <PlaceLink place={place} />
          </li>
        ))}
        {others.length > 0 && (
          <li class="only-in-bar">
            <MorePlaces places={others} />
          </li>
        )}
      </ul>
    </nav>
  )
}

/** In the order of the pages; the public page of verification stands after trust, or last. */
function usePlaces(): readonly Place[] {
  const pick = usePick()
  const { role } = usePerson()
  const { path: here } = useAddress()
  // The longest path that leads here: the people are among the settings, and have a place of their own.
  const at = pages
    .filter(({ icon, path }) => icon && isAt(path, here))
    .reduce((longest, { path }) => (path.length > longest.length ? path : longest), '')
  const own = pages.flatMap(({ path, title, short, icon, may }) =>
    icon && may.includes(role) ? [{ path, icon, text: pick(short ?? title), current: path === at }] : [],
  )
  const verify: Place = { path: '/verify', icon: 'verify', text: pick(words.verify), current: false, outside: true }
  const after = own.findIndex(({ path }) => path === '/trust') + 1
  return after === 0 ? [...own, verify] : own.toSpliced(after, 0, verify)
}

/** Whether the page of this path is shown, or one below it. */
function isAt(path: string, here: string): boolean {
  return here === path || (path !== '/' && here.startsWith(`${path}/`))
}
