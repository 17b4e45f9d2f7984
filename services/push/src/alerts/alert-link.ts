import type { AlertKind, Finding } from '@docaxis/store/console'

/** Pages of the console, in the words of its addresses. */
const pages: Readonly<Record<AlertKind, string>> = {
  stuck: '/documents?transport=routed',
  held: '/documents?transport=held',
  'not-fetched': '/documents?transport=available&late=yes',
  late: '/documents?transport=fetched&late=yes',
  'due-soon': '/documents',
  escalated: '/documents?late=yes',
  refused: '/documents?business=02',
  failed: '/documents?transport=failed',
  'dead-letter': '/documents?transport=routed',
  queue: '/documents?transport=available',
  certificates: '/trust?days=30',
  'revocation-lists': '/trust#authorities',
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
