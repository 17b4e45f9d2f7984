import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

// Addresses of the console: every state of a list stands in them, so that a view can be sent to a colleague.

const moved = 'docaxis:moved'

/** Goes to a page of the console. */
export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  dispatchEvent(new Event(moved))
}

export interface Address {
  readonly path: string
  readonly query: URLSearchParams
}

const here = (): Address => ({ path: location.pathname, query: new URLSearchParams(location.search) })

/** Where the person is; follows every move, and the browser's back and forward. */
export function useAddress(): Address {
  const [address, setAddress] = useState(here)
  useEffect(() => {
    const follow = () => setAddress(here())
    addEventListener(moved, follow)
    addEventListener('popstate', follow)
    return () => {
      removeEventListener(moved, follow)
      removeEventListener('popstate', follow)
    }
  }, [])
  return address
}

/** The address with some of its questions answered otherwise; an empty answer takes the question away. */
export function withQuery({ path, query }: Address, changes: Readonly<Record<string, string | undefined>>): string {
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value) changed.set(name, value)
    else changed.delete(name)
  }
  const text = changed.toString()
  return text === '' ? path : `${path}?${text}`
}

/** What stands in the places of a pattern such as `/documents/:id`; undefined when the path is another. */
export function match(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return params
}

interface LinkProps {
  readonly to: string
  readonly class?: string
  readonly current?: boolean
  readonly label?: string
  readonly children: ComponentChildren
}

/** Goes there without loading the page anew. Keys that open a new tab stay the browser's. */
export const followLink =
  (to: string) =>
  (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(to)
  }

/** A link to a page of the console. */
export function Link({ to, class: className, current = false, label, children }: LinkProps) {
  return (
    <a
      href={to}
      class={className}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      onClick={followLink(to)}
    >
      {children}
    </a>
  )
}
