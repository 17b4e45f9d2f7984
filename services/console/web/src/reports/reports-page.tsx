import { keepPreviousData, useQuery } from '@tanstack/preact-query'
import { useContext } from 'preact/hooks'
import { api, apiUrl } from '../api.ts'
import { LanguageContext, localTime, usePick } from '../language.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Link, useAddress } from '../router.tsx'
import { FigureTable } from './figure-table.tsx'
import { LineTable } from './line-table.tsx'
import { MonthChart } from './month-chart.tsx'
import { PeriodForm } from './period-form.tsx'
import { RefusalTable } from './refusal-table.tsx'
import { questionNames, type Report } from './report.ts'
import { reportWords as words } from './words.ts'
import './reports.css'

/** How the exchange is doing: each figure, how it is counted, and where it comes from. */
export function ReportsPage() {
  const pick = usePick()
  const { query } = useAddress()
  const question = new URLSearchParams(
    [...questionNames, 'page'].flatMap(name => (query.get(name) ? [[name, query.get(name) ?? '']] : [])),
  )
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['reports', question.toString()],
    queryFn: ({ signal }) => api<Report>(`/reports?${question}`, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div class="page-head">
        <h1>{pick(words.title)}</h1>
        <div class="row">
          <Link to="/reports/register" class="button">
            {pick(words.register)}
          </Link>
          <Files question={question} />
        </div>
      </div>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data ? (
        <div class="report" aria-busy={isPlaceholderData}>
          <PeriodForm key={`${data.asked.from} ${data.asked.to}`} asked={data.asked} />
          <Body report={data} />
        </div>
      ) : (
        <Skeleton rows={10} />
      )}
    </>
  )
}

function Body({ report }: { readonly report: Report }) {
  const pick = usePick()
  const { countedUntil, lines, rules } = report
  return (
    <>
      <section>
        <h2>{pick(words.summary)}</h2>
        <FigureTable report={report} />
        <p class="small">{pick(rules)}</p>
        <p class="small">
          {countedUntil === null ? pick(words.notCounted) : `${pick(words.countedUntil)} ${localTime(countedUntil)}`}
        </p>
      </section>
      {lines.length === 0 ? (
        <Empty title={pick(words.nothing)}>
          <p class="small">{pick(words.nothingHint)}</p>
        </Empty>
      ) : (
        <>
          <LineTable report={report} />
          <MonthChart report={report} />
          <RefusalTable report={report} />
        </>
      )}
    </>
  )
}

const files = [
  { format: 'pdf', label: 'PDF' },
  { format: 'xlsx', label: 'Excel' },
  { format: 'csv', label: 'CSV' },
] as const

function Files({ question }: { readonly question: URLSearchParams }) {
  const pick = usePick()
  const language = useContext(LanguageContext)
  const asked = [...question].filter(([name]) => name !== 'page')
  return (
    <>
      <span class="small">{pick(words.exportAs)}</span>
      {files.map(({ format, label }) => (
        <a
          key={format}
          class="button"
          download
          href={apiUrl(`/report-export?${new URLSearchParams([...asked, ['format', format], ['language', language]])}`)}
        >
          {label}
        </a>
      ))}
    </>
  )
}
