import { useState } from 'preact/hooks'
import { type Bilingual, usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Choice } from '../parts/field.tsx'
import { useCount } from '../parts/number.ts'
import type { SystemView } from './agency-view.ts'
import { useChange } from './use-change.ts'
import { agencyWords as words } from './words.ts'

type Kind = 'token' | 'vxp'

export interface Issued {
  readonly kind: Kind
  readonly secret: string
}

const kinds = { token: words.tokenFor, vxp: words.vxpFor } as const satisfies Readonly<Record<Kind, Bilingual>>

/** Days for which it counts. */
const terms = { '': words.noEnd, 90: words.days90, 365: words.days365 }
/** Days for which the others count beside it. */
const overlaps = { '': words.othersStay, 7: words.others7, 1: words.others1, 0: words.othersAtOnce }

interface NewCredentialProps {
  readonly code: string
  readonly system: SystemView
  readonly onIssued: (issued: Issued) => void
}

/** A further token or secret; those before stay for as long as the system needs to change over. */
export function NewCredential({ code, system, onIssued }: NewCredentialProps) {
  const pick = usePick()
  const count = useCount()
  const change = useChange(code)
  const [kind, setKind] = useState<Kind>('token')
  const [term, setTerm] = useState('')
  const [overlap, setOverlap] = useState('')
  const others = system.credentials.filter(known => known.kind === kind && known.state === 'valid').length
  const optionsOf = (texts: Readonly<Record<string, Bilingual>>) =>
    Object.entries(texts)
      .map(([value, said]) => ({ value, text: pick(said) }))
      // Keys that are numbers come first whatever their order: what is usual stands at the head.
      .toSorted((one, other) => Number(one.value !== '') - Number(other.value !== ''))
  const issue = async () => {
    const { secret } = await change<{ readonly secret: string }>(
      `/systems/${encodeURIComponent(system.id)}/credentials`,
      {
        method: 'POST',
        body: {
          kind,
          ...(term !== '' && { expiresInDays: Number(term) }),
          ...(others > 0 && overlap !== '' && { othersEndInDays: Number(overlap) }),
        },
      },
    )
    onIssued({ kind, secret })
  }
  return (
    <Ask
      label={pick(words.newCredential)}
      name={`${pick(words.newCredential)}: ${system.id}`}
      about={system.id}
      what={`${pick(words.issueEffect)} ${count(system.serves, words.agencies)}.`}
      confirm={pick(words.issue)}
      onOpen={() => {
        setTerm('')
        setOverlap('')
      }}
      act={issue}
    >
      <Choice
        label={pick(words.kind)}
        value={kind}
        options={optionsOf(kinds)}
        onChange={value => setKind(value as Kind)}
      />
      <Choice label={pick(words.counts)} value={term} options={optionsOf(terms)} onChange={setTerm} />
      {others > 0 && (
        <Choice
          label={pick(words.others)}
          value={overlap}
          options={optionsOf(overlaps)}
          onChange={setOverlap}
          hint={pick(words.othersHint)}
        />
      )}
    </Ask>
  )
}
