import { useState } from 'preact/hooks'
import { agencyPath, type NamedCode } from '../agencies/agency-row.ts'
import { localTime, usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import type { MandateView } from './agency-view.ts'
import { mayManageSeals } from './rights.ts'
import { useChange } from './use-change.ts'
import { mandateKinds, agencyWords as words } from './words.ts'

interface MandatesProps {
  readonly code: string
  readonly mandates: readonly MandateView[]
  /** More may be known than are shown. */
  readonly total: number
}

/** Who may seal for the agency, and for whom it may. */
export function Mandates({ code, mandates, total }: MandatesProps) {
  const pick = usePick()
  const number = useNumber()
  const person = usePerson()
  return (
    <>
      {mandates.length === 0 ? (
        <p class="calm plain">{pick(words.noMandates)}</p>
      ) : (
        <MandateTable code={code} mandates={mandates} />
      )}
      {total > mandates.length && (
        <p class="small">
          {pick(words.newestOf)} {number(total)}
        </p>
      )}
      {mayManageSeals(person) && <Give code={code} />}
    </>
  )
}

const tones: Readonly<Record<MandateView['state'], Tone>> = { coming: 'wait', valid: 'good', ended: 'plain' }

function MandateTable({ code, mandates }: Omit<MandatesProps, 'total'>) {
  const pick = usePick()
  const person = usePerson()
  const mayEnd = ({ principal, state }: MandateView) => principal.code === code && state !== 'ended'
  const columns: readonly Column<MandateView>[] = [
    { head: pick(words.holder), cell: ({ holder }) => <Party party={holder} own={code} /> },
    { head: pick(words.principal), cell: ({ principal }) => <Party party={principal} own={code} /> },
    { head: pick(words.kind), cell: ({ kind }) => pick(mandateKinds[kind]) },
    {
      head: pick(words.state),
      cell: ({ state }) => <Badge tone={tones[state]}>{pick(words[`mandate-${state}`])}</Badge>,
    },
    {
      head: pick(words.period),
      cell: ({ validFrom, validTo }) => `${localTime(validFrom)} – ${validTo ? localTime(validTo) : pick(words.noEnd)}`,
    },
    ...(mayManageSeals(person) && mandates.some(mayEnd)
      ? [
          {
            head: pick(words.change),
            cell: (mandate: MandateView) => mayEnd(mandate) && <End code={code} mandate={mandate} />,
          },
        ]
      : []),
  ]
  return <Table caption={pick(words.mandates)} columns={columns} rows={mandates} keyOf={({ id }) => id} />
}

function Party({ party: { code, name }, own }: { readonly party: NamedCode; readonly own: string }) {
  const said = <bdi class="clamped">{name ?? code}</bdi>
  return code === own ? said : <Link to={agencyPath(code)}>{said}</Link>
}

function End({ code, mandate: { id, holder } }: { readonly code: string; readonly mandate: MandateView }) {
  const pick = usePick()
  const change = useChange(code)
  return (
    <Ask
      label={pick(words.endMandate)}
      name={`${pick(words.endMandate)} ${holder.name ?? holder.code}`}
      about={holder.name ?? holder.code}
      what={pick(words.endMandateEffect)}
      confirm={pick(words.endMandate)}
      danger
      act={() => change<void>(`/mandates/${id}`, { method: 'DELETE' })}
    />
  )
}

const empty = { holder: '', kind: 'seal', from: '', to: '' }

function Give({ code }: { readonly code: string }) {
  const pick = usePick()
  const change = useChange(code)
  const [form, setForm] = useState(empty)
  const set = (name: keyof typeof empty) => (value: string) => setForm(before => ({ ...before, [name]: value }))
  const give = () => {
    const { to, holder, ...same } = form
    return change<void>('/mandates', { method: 'POST', body: { ...same, holder: holder.trim(), ...(to && { to }) } })
  }
  const kinds = Object.entries(mandateKinds).map(([value, said]) => ({ value, text: pick(said) }))
  return (
    <div class="below">
      <Ask
        label={pick(words.giveMandate)}
        about={code}
        what={pick(words.giveEffect)}
        confirm={pick(words.giveMandate)}
        onOpen={() => setForm(empty)}
        act={give}
      >
        <Field label={pick(words.holderCode)} value={form.holder} onInput={set('holder')} maxLength={35} required />
        <Choice label={pick(words.kind)} value={form.kind} options={kinds} onChange={set('kind')} />
        <Field type="date" label={pick(words.firstDay)} value={form.from} onInput={set('from')} required />
        <Field
          type="date"
          label={pick(words.lastDay)}
          hint={pick(words.lastDayHint)}
          value={form.to}
          onInput={set('to')}
        />
      </Ask>
    </div>
  )
}
