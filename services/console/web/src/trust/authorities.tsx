import { localTime, usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { usePerson } from '../session.ts'
import { authoritiesOf } from './lists.ts'
import { isTrustStaff } from './rights.ts'
import { type AuthorityView, commonName } from './trust-view.ts'
import { WhatIfPanel } from './what-if.tsx'
import { trustWords as words } from './words.ts'

const choices = [
  { word: undefined, text: words.allAuthorities },
  { word: 'missing', text: words.withoutWord },
] as const

/** Whom seals lead to, and how fresh their word on revocations is. */
export function Authorities({ rows }: { readonly rows: readonly AuthorityView[] }) {
  const pick = usePick()
  const address = useAddress()
  const person = usePerson()
  const asked = rows.find(({ sha256 }) => sha256 === address.query.get('if'))
  if (rows.length === 0) return <p class="calm plain">{pick(words.noAuthorities)}</p>
  const question: Column<AuthorityView> = {
    head: pick(words.whatIfTitle),
    cell: ({ sha256, subject }) => (
      <Link to={`${withQuery(address, { if: sha256 })}#what-if`} label={`${pick(words.whatIf)} ${commonName(subject)}`}>
        {pick(words.whatIf)}
      </Link>
    ),
  }
  const columns: readonly Column<AuthorityView>[] = [
    { head: pick(words.authority), cell: row => <Name row={row} /> },
    { head: pick(words.freshness), cell: row => <Freshness row={row} /> },
    { head: pick(words.lastGood), cell: ({ goodAt }) => (goodAt ? <Time at={goodAt} /> : pick(words.never)) },
    { head: pick(words.nextDue), cell: ({ dueAt }) => (dueAt ? <Time at={dueAt} /> : '–') },
    { head: pick(words.listUntil), cell: ({ listUntil }) => (listUntil ? localTime(listUntil) : '–') },
    ...(isTrustStaff(person) ? [question] : []),
  ]
  const shown = authoritiesOf(rows, address.query)
  return (
    <>
      <nav class="windows" aria-label={pick(words.authorities)}>
        {choices.map(({ word, text }) => {
          const to = withQuery(address, { word })
          return (
            <Link key={text.en} to={`${to}#authorities`} current={(address.query.get('word') ?? undefined) === word}>
              {pick(text)} <strong>{authoritiesOf(rows, new URLSearchParams(word && { word })).length}</strong>
            </Link>
          )
        })}
      </nav>
      {shown.length === 0 ? (
        <p class="calm">{pick(words.allFresh)}</p>
      ) : (
        <Table caption={pick(words.authorities)} columns={columns} rows={shown} keyOf={({ sha256 }) => sha256} />
      )}
      {asked && <WhatIfPanel authority={asked} closeTo={withQuery(address, { if: undefined })} />}
    </>
  )
}

function Name({ row: { subject, role, notAfter } }: { readonly row: AuthorityView }) {
  const pick = usePick()
  return (
    <>
      <bdi class="name">{commonName(subject)}</bdi>
      <small class="under">
        {pick(role === 'anchor' ? words.anchor : words.intermediate)} · {pick(words.until).toLowerCase()}{' '}
        {localTime(notAfter)}
      </small>
    </>
  )
}

const tones: Readonly<Record<AuthorityView['state'], Tone>> = {
  fresh: 'good',
  failing: 'wait',
  stale: 'bad',
  unknown: 'plain',
}

function Freshness({ row: { state, failures, fault } }: { readonly row: AuthorityView }) {
  const pick = usePick()
  const number = useNumber()
  return (
    <>
      <Badge tone={tones[state]}>{pick(words[state])}</Badge>
      {failures > 0 && (
        <small class="under whole">
          {pick(words.failures)} {number(failures)}. <bdi>{fault}</bdi>
        </small>
      )}
    </>
  )
}
