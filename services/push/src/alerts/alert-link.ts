import type { AlertKind, Finding } from '@docaxis/store/console'

/** Pages of the console, in the words of its addresses. */
const pages: Readonly<Record<AlertKind, string>> = {
  stuck: '/documents?needs=stuck',
  held: '/documents?needs=held',
  'not-fetched': '/documents?needs=not-fetched',
  late: '/documents?needs=late',
  'due-soon': '/documents',
  escalated: '/documents?late=yes',
  refused: '/documents?needs=refused',
  failed: '/documents?needs=failed',
  'dead-letter': '/dead-letters',
  queue: '/documents?transport=available',
  certificates: '/trust?days=30',
  'revocation-lists': '/trust?word=missing#authorities',
  health: '/',
}

/** Where the person sees what the message is about; of one agency, where it concerns one. */
export function alertLink(publicUrl: string | undefined, kind: AlertKind, due: readonly Finding[]): string | null {
  if (publicUrl === undefined) return null
  const url = new URL(pages[kind], publicUrl)
  const [only] = due
  if (url.pathname === '/documents' && due.length === 1 && only?.key) url.searchParams.set('receiver', only.key)
  return url.href
}
