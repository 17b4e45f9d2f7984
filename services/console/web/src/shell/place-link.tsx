import { Icon, type IconName } from '../parts/icon.tsx'
import { Link } from '../router.tsx'

/** Somewhere the navigation leads to. */
export interface Place {
  readonly path: string
  readonly text: string
  readonly icon: IconName
  readonly current: boolean
  /** A document of its own: the browser loads it. */
  readonly outside?: boolean
}

export function PlaceLink({ place: { path, text, icon, current, outside } }: { readonly place: Place }) {
  const face = (
    <>
      <Icon name={icon} />
      <span>{text}</span>
    </>
  )
  if (outside) return <a href={path}>{face}</a>
  return (
    <Link to={path} current={current}>
      {face}
    </Link>
  )
}
