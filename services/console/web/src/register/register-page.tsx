import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Choice } from '../parts/field.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { monthChoices, monthsFrom, presentMonth } from '../reports/months.ts'
import { Link, navigate, useAddress, withQuery } from '../router.tsx'
import { type Role, usePerson } from '../session.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryHistory } from './entry-history.tsx'
import type { RegisterPageAnswer } from './register.ts'
import { RegisterTable } from './register-table.tsx'
import { UploadForm } from './upload-form.tsx'
import { registerWords as words } from './words.ts'
import './register.css'

/** As the routes say: those who only look do not enter. */
const enterers: readonly Role[] = ['operator', 'administrator']

const choices = 60

/** What registers hold, month by month: who entered it and how, and where it is entered. */
export function RegisterPage() {
  const pick = usePick()
  const { role } = usePerson()
  const { query } = useAddress()
  const mayEnter = enterers.includes(role)
  const month = query.get('month') ?? monthsFrom(presentMonth(), -1)
  const history = query.get('history')
  return (
    <>
      <p class="small">
        <Link to="/reports">{pick(words.back)}</Link>
      </p>
      <h1>{pick(words.title)}</h1>
      <p class="lead">{pick(words.lead)}</p>
      <div class="register">
        <MonthChoice month={month} />
        <Entries month={month} mayEnter={mayEnter} />
        {history && <EntryHistory agency={history} />}
        {mayEnter && (
          <div class="register-forms">
            <EntryForm key={month} month={month} />
            <UploadForm />
          </div>
        )}
      </div>
    </>
  )
}

function MonthChoice({ month }: { readonly month: string }) {
  const pick = usePick()
  const address = useAddress()
  return (
    <div class="register-month">
      <Choice
        label={pick(words.month)}
        value={month}
        options={monthChoices(choices, month)}
        onChange={value => navigate(withQuery(address, { month: value, after: undefined, history: undefined }))}
      />
    </div>
  )
}

function Entries({ month, mayEnter }: { readonly month: string; readonly mayEnter: boolean }) {
  const pick = usePick()
  const address = useAddress()
  const after = address.query.get('after')
  const question = new URLSearchParams({ month, ...(after && { after }) })
  const { data, error, refetch } = useQuery({
    queryKey: ['register-totals', question.toString()],
    queryFn: ({ signal }) => api<RegisterPageAnswer>(`/register-totals?${question}`, { signal }),
  })
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} />
  if (data.items.length === 0) {
    return (
      <Empty title={pick(words.none)}>
        <p class="small">{pick(mayEnter ? words.noneHint : words.noneHintViewer)}</p>
      </Empty>
    )
  }
  return (
    <div>
      <RegisterTable rows={data.items} />
      <nav class="pager">
        {after && (
          <Link to={withQuery(address, { after: undefined })} class="button">
            {pick(words.first)}
          </Link>
        )}
        {data.next && (
          <Link to={withQuery(address, { after: data.next })} class="button">
            {pick(words.next)}
          </Link>
        )}
      </nav>
    </div>
  )
}
