import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Check, Field } from '../parts/field.tsx'
import { useNumber } from '../parts/number.ts'
import { usePerson } from '../session.ts'
import type { AgencyView } from './agency-view.ts'
import { mayManageDirectory } from './rights.ts'
import { useChange } from './use-change.ts'
import { agencyWords as words } from './words.ts'

const megabyte = 1024 * 1024

/** Open or locked, and what it takes: by its own word, and with what its systems take. */
export function Limits({ agency }: { readonly agency: AgencyView }) {
  const pick = usePick()
  const number = useNumber()
  const person = usePerson()
  const { canReceive, limits } = agency
  const megabytes = (bytes: number) => `${number(bytes / megabyte)} MB`
  const types = (list: readonly string[]) => (list.length > 0 ? list.join(', ') : pick(words.noTypes))
  return (
    <section id="limits" class="block">
      <h2>{pick(words.limits)}</h2>
      <dl class="pairs">
        <dt>{pick(words.receives)}</dt>
        <dd>{pick(canReceive ? words.openNow : words.lockedNow)}</dd>
        <dt>{pick(words.largest)}</dt>
        <dd>
          {limits.maxEnvelopeBytes === null
            ? `${pick(words.asHub)} (${megabytes(limits.effectiveBytes)})`
            : megabytes(limits.maxEnvelopeBytes)}
          {limits.maxEnvelopeBytes !== null && limits.effectiveBytes < limits.maxEnvelopeBytes && (
            <small class="under whole">
              {pick(words.systemsTake)} {megabytes(limits.effectiveBytes)}
            </small>
          )}
        </dd>
        <dt>{pick(words.types)}</dt>
        <dd>{limits.effectiveTypes === null ? pick(words.anyType) : types(limits.effectiveTypes)}</dd>
      </dl>
      {mayManageDirectory(person) && <Edit agency={agency} />}
    </section>
  )
}

interface Form {
  readonly canReceive: boolean
  readonly megabytes: string
  readonly types: string
}

function formOf({ canReceive, limits: { maxEnvelopeBytes, fileTypes } }: AgencyView): Form {
  return {
    canReceive,
    megabytes: maxEnvelopeBytes === null ? '' : String(maxEnvelopeBytes / megabyte),
    types: fileTypes.join(', '),
  }
}

function Edit({ agency }: { readonly agency: AgencyView }) {
  const pick = usePick()
  const change = useChange(agency.code)
  const [form, setForm] = useState(() => formOf(agency))
  const set = (part: Partial<Form>) => setForm(before => ({ ...before, ...part }))
  const types = form.types.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const megabytes = Number(form.megabytes.trim().replace(',', '.'))
  const save = () =>
    change<void>('/receiving', {
      method: 'PUT',
      body: {
        canReceive: form.canReceive,
        maxEnvelopeBytes: form.megabytes.trim() === '' ? null : Math.round(megabytes * megabyte),
        fileTypes: [...new Set(types)],
      },
    })
  return (
    <Ask
      label={pick(words.editLimits)}
      about={agency.name}
      what={pick(form.canReceive ? words.limitsEffect : words.lockEffect)}
      confirm={pick(words.save)}
      danger={agency.canReceive && !form.canReceive}
      onOpen={() => setForm(formOf(agency))}
      act={save}
    >
      <Check label={pick(words.receives)} checked={form.canReceive} onChange={canReceive => set({ canReceive })} />
      <Field
        label={pick(words.largestMegabytes)}
        hint={pick(words.largestHint)}
        value={form.megabytes}
        onInput={value => set({ megabytes: value })}
        maxLength={8}
        pattern="[0-9]{1,5}([.,][0-9]+)?"
      />
      <Field
        label={pick(words.types)}
        hint={pick(words.typesHint)}
        value={form.types}
        onInput={value => set({ types: value })}
        maxLength={500}
      />
    </Ask>
  )
}
