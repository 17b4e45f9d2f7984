import { usePick } from '../language.tsx'
import { Link } from '../router.tsx'
import { changeWords as words } from './words.ts'

/** The head of a page that changes the directory, and the way back to it. */
export function ChangesHead({ title, lead }: { readonly title: string; readonly lead: string }) {
  const pick = usePick()
  return (
    <>
      <p class="small">
        <Link to="/agencies">{pick(words.back)}</Link>
      </p>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
    </>
  )
}
