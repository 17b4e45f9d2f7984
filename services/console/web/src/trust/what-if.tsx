import { useQuery } from '@tanstack/preact-query'
import { useEffect, useRef } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { useCount, useNumber } from '../parts/number.ts'
import { Failure, Skeleton } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { type AuthorityView, commonName, type WhatIf, type WhatIfAgency } from './trust-view.ts'
import { trustWords as words } from './words.ts'

interface WhatIfPanelProps {
  readonly authority: AuthorityView
  readonly closeTo: string
}

/** Whose traffic would stop if an authority were revoked now. Nothing is changed by asking. */
export function WhatIfPanel({ authority, closeTo }: WhatIfPanelProps) {
  const pick = usePick()
  const heading = useRef<HTMLHeadingElement>(null)
  const { sha256 } = authority
  const { data, error, refetch } = useQuery({
    queryKey: ['trust', 'what-if', sha256],
    queryFn: ({ signal }) => api<WhatIf>(`/trust/what-if?ca=${sha256}`, { signal }),
  })
  useEffect(() => heading.current?.focus(), [sha256])
  return (
    <section id="what-if" class="panel">
      <header class="block-head">
        <h3 ref={heading} tabIndex={-1}>
          {pick(words.whatIfTitle)}: <bdi>{commonName(authority.subject)}</bdi>
        </h3>
        <Link to={closeTo} class="quiet">
          {pick(words.close)}
        </Link>
      </header>
      {data ? <Answer answer={data} /> : error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton />}
    </section>
  )
}

function Answer({ answer: { agencies } }: { readonly answer: WhatIf }) {
  const pick = usePick()
  const count = useCount()
  if (agencies.length === 0) return <p class="calm">{pick(words.whatIfNone)}</p>
  const stopping = agencies.filter(({ stops }) => stops)
  const others = agencies.length - stopping.length
  return (
    <>
      <p>
        <strong>{count(stopping.length, words.whatIfStops)}</strong>
        {others > 0 && `; ${count(others, words.whatIfTouched)}`}.
      </p>
      <AgencyTable rows={[...stopping, ...agencies.filter(({ stops }) => !stops)]} />
    </>
  )
}

function AgencyTable({ rows }: { readonly rows: readonly WhatIfAgency[] }) {
  const pick = usePick()
  const number = useNumber()
  const columns: readonly Column<WhatIfAgency>[] = [
    {
      head: pick(words.agency),
      cell: ({ code, name }) => (
        <>
          <bdi class="name">{name}</bdi>
          <small class="under">
            <code>{code}</code>
          </small>
        </>
      ),
    },
    {
      head: pick(words.effect),
      cell: ({ stops }) => <Badge tone={stops ? 'bad' : 'wait'}>{pick(stops ? words.stops : words.goesOn)}</Badge>,
    },
    { head: pick(words.sealsFor), cell: ({ sealsFor }) => (sealsFor.length === 0 ? '–' : sealsFor.join(', ')) },
    {
      head: pick(words.monthly),
      number: true,
      cell: ({ code, documents }) => <Link to={`/documents?sender=${code}`}>{number(documents)}</Link>,
    },
  ]
  return <Table caption={pick(words.whatIfTitle)} columns={columns} rows={rows} keyOf={({ code }) => code} />
}
