import { type Bilingual, localTime, usePick } from '../language.tsx'
import { holdReasons } from '../parts/hold-reasons.ts'
import { Link, useAddress, withQuery } from '../router.tsx'
import { needWords, stepWords, documentsWords as words } from './words.ts'

const nothing = { needs: undefined, why: undefined, step: undefined, since: undefined, until: undefined }

/** What a number of the first page led to: no field of the form asks for it, so it is said, and can be taken away. */
export function Narrowed() {
  const pick = usePick()
  const address = useAddress()
  const sentence = useSentence(address.query)
  if (sentence === '') return null
  return (
    <p class="narrowed">
      {pick(words.only)} {sentence}. {pick(words.eachReceiver)}{' '}
      <Link to={withQuery(address, { ...nothing, after: undefined })}>{pick(words.showAll)}</Link>
    </p>
  )
}

function useSentence(query: URLSearchParams): string {
  const pick = usePick()
  const known = (list: Readonly<Record<string, Bilingual>>, name: string): string => {
    const key = query.get(name) ?? ''
    return list[key] ? pick(list[key]) : key
  }
  const moment = (name: string): string => localTime(query.get(name) ?? '')
  return [
    query.has('needs') && known(needWords, 'needs'),
    query.has('needs') && query.has('why') && known(holdReasons, 'why'),
    query.has('step') && query.has('since') && `${known(stepWords, 'step')} ${pick(words.since)} ${moment('since')}`,
    query.has('step') && query.has('until') && `${pick(words.before)} ${moment('until')}`,
  ]
    .filter(Boolean)
    .join(', ')
}
