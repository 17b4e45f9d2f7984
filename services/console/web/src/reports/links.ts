import type { Scope } from '../session.ts'
import { daysOf } from './months.ts'
import type { Line, Report } from './report.ts'

type To = (line: Line) => string | undefined

const none: To = () => undefined

/**
 * Addresses of the list of documents that show what a number counts; the list has no filter for levels or for all that
 * lies below an agency, and counts on both sides for whoever sees a part of the hub.
 */
export function documentsBehind(
  { from, to, by, level, agency }: Report['asked'],
  scope: Pick<Scope, 'everything'>,
): { readonly sent: To; readonly received: To; readonly refused: To } {
  const address = (query: Readonly<Record<string, string>>, first = from, last = to): string =>
    `/documents?${new URLSearchParams({ ...query, ...daysOf(first, last) })}`
  if (by === 'agency') {
    const ofAgency =
      (side: 'sender' | 'receiver', more: Readonly<Record<string, string>> = {}): To =>
      ({ key }) =>
        key ? address({ [side]: key, ...more }) : undefined
    return {
      sent: ofAgency('sender'),
      received: ofAgency('receiver'),
      refused: ofAgency('receiver', { business: '02' }),
    }
  }
  if (by === 'level' || level !== undefined || agency !== undefined || !scope.everything) {
    return { sent: none, received: none, refused: none }
  }
  const ofMonth =
    (query: Readonly<Record<string, string>>): To =>
    ({ key }) =>
      key ? address(query, key, key) : undefined
  return { sent: ofMonth({}), received: ofMonth({}), refused: ofMonth({ business: '02' }) }
}
