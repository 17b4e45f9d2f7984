import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { levelWords } from '../parts/level-words.ts'
import { Link, navigate, useAddress, withQuery } from '../router.tsx'
import { monthChoices, monthsFrom, presentMonth } from './months.ts'
import type { Report } from './report.ts'
import { reportWords as words } from './words.ts'

/** Months to choose from; five years is the longest period. */
const choices = 60

/** Which months, and of whom. Each question is part of the address. */
export function PeriodForm({ asked }: Pick<Report, 'asked'>) {
  const pick = usePick()
  const address = useAddress()
  const [form, setForm] = useState({
    from: asked.from,
    to: asked.to,
    level: asked.level ?? '',
    agency: asked.agency ?? '',
  })
  const set = (name: keyof typeof form) => (value: string) => setForm(before => ({ ...before, [name]: value }))
  const go = (event: SubmitEvent) => {
    event.preventDefault()
    const [from, to] = [form.from, form.to].sort()
    navigate(withQuery(address, { ...form, agency: form.agency.trim(), from, to, page: undefined }))
  }
  return (
    <div>
      <Periods asked={asked} />
      <form class="filters aligned report-form" onSubmit={go}>
        <Choice
          label={pick(words.from)}
          value={form.from}
          options={monthChoices(choices, form.from)}
          onChange={set('from')}
        />
        <Choice label={pick(words.to)} value={form.to} options={monthChoices(choices, form.to)} onChange={set('to')} />
        <Choice
          label={pick(words.level)}
          value={form.level}
          options={[
            { value: '', text: pick(words.any) },
            ...Object.entries(levelWords).map(([value, text]) => ({ value, text: pick(text) })),
          ]}
          onChange={set('level')}
        />
        <Field label={pick(words.agency)} value={form.agency} onInput={set('agency')} maxLength={35} />
        <div class="row">
          <button type="submit" class="button primary">
            {pick(words.show)}
          </button>
        </div>
      </form>
    </div>
  )
}

function Periods({ asked }: Pick<Report, 'asked'>) {
  const pick = usePick()
  const address = useAddress()
  const now = presentMonth()
  const last = monthsFrom(now, -1)
  const periods = [
    { text: words.thisMonth, from: now, to: now },
    { text: words.lastMonth, from: last, to: last },
    { text: words.sixMonths, from: monthsFrom(now, -5), to: now },
    { text: words.year, from: monthsFrom(now, -11), to: now },
  ]
  return (
    <nav class="chips" aria-label={pick(words.period)}>
      {periods.map(({ text, from, to }) => (
        <Link
          key={text.en}
          to={withQuery(address, { from, to, page: undefined })}
          class="chip"
          current={from === asked.from && to === asked.to}
        >
          {pick(text)}
        </Link>
      ))}
    </nav>
  )
}
