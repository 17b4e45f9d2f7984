import { usePick } from '../language.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { documentsWords as words } from './words.ts'

const none = { transport: undefined, business: undefined, late: undefined, after: undefined }
const choices = [
  { text: words.any, query: none },
  { text: { vi: 'Chờ lấy về', en: 'Waiting' }, query: { ...none, transport: 'available' } },
  { text: { vi: 'Quá hạn', en: 'Late' }, query: { ...none, late: 'yes' } },
  { text: { vi: 'Bị từ chối', en: 'Refused' }, query: { ...none, business: '02' } },
  { text: { vi: 'Không giao được', en: 'Not delivered' }, query: { ...none, transport: 'failed' } },
] as const

/** What people come for most, one click each; other questions stay. */
export function QuickFilters() {
  const pick = usePick()
  const address = useAddress()
  const here = withQuery(address, { after: undefined })
  return (
    <nav class="chips" aria-label={pick(words.quick)}>
      {choices.map(({ text, query }) => {
        const to = withQuery(address, query)
        return (
          <Link key={text.en} to={to} class="chip" current={to === here}>
            {pick(text)}
          </Link>
        )
      })}
    </nav>
  )
}
