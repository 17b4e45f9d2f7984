import type { AuthorityView, EndingCertificate } from './trust-view.ts'

// Which rows the address asks for: numbers of the first page lead here.

/** Windows to look at; the month is what one comes for. The last holds all that the interface tells. */
export const windows = ['ended', '1', '7', '30', '60', '400'] as const
export type Window = (typeof windows)[number]
const usual: Window = '30'

export function windowOf(query: URLSearchParams): Window {
  const asked = query.get('days')
  return windows.find(window => window === asked) ?? usual
}

export function within(rows: readonly EndingCertificate[], window: Window): readonly EndingCertificate[] {
  return rows.filter(({ days }) => (window === 'ended' ? days < 0 : days >= 0 && days < Number(window)))
}

/** All of them, or those that give no fresh word on revocation. */
export function authoritiesOf(rows: readonly AuthorityView[], query: URLSearchParams): readonly AuthorityView[] {
  if (query.get('word') !== 'missing') return rows
  return rows.filter(({ state }) => state === 'stale' || state === 'failing')
}
