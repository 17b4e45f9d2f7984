import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api, Refused } from '../api.ts'
import { usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { levelWords } from '../parts/level-words.ts'
import { ReasonField } from './reason-field.tsx'
import { requestWords as words } from './request-words.ts'
import type { AgencyRequest } from './requests-page.tsx'

const effects = {
  register: words.approveRegister,
  change: words.approveChange,
  close: words.approveClose,
} as const

interface Approval {
  readonly level?: string
  readonly validTo?: string
  readonly successor?: string
}

/** Approves or refuses; what was shown goes along, for the system may change its wish meanwhile. */
export function RequestDecision({ request }: { readonly request: AgencyRequest }) {
  const pick = usePick()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [approval, setApproval] = useState<Approval>({})
  const { id, kind, code, wish, changes } = request
  const afresh = () => {
    setReason('')
    setApproval(suggested(kind, changes))
  }
  const decide = (decision: 'approved' | 'refused', terms: Approval) => async () => {
    const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== ''))
    const body = { decision, reason: reason.trim(), seen: wish, ...given }
    await api(`/agency-requests/${id}/decision`, { method: 'POST', body }).catch((error: unknown) => {
      throw meanwhile(error)
    })
    await queries.invalidateQueries({ queryKey: ['agency-requests'] })
  }
  return (
    <div class="row">
      {!request.obstacle && (
        <Ask
          label={pick(words.approve)}
          name={`${pick(words.approve)}: ${code}`}
          about={code}
          what={pick(effects[kind])}
          confirm={pick(words.approve)}
          onOpen={afresh}
          act={decide('approved', approval)}
        >
          <ApprovalFields kind={kind} approval={approval} set={setApproval} />
          <ReasonField value={reason} onInput={setReason} />
        </Ask>
      )}
      <Ask
        label={pick(words.refuse)}
        name={`${pick(words.refuse)}: ${code}`}
        about={code}
        what={pick(words.refuseWhat)}
        confirm={pick(words.refuse)}
        danger
        onOpen={afresh}
        act={decide('refused', {})}
      >
        <ReasonField value={reason} onInput={setReason} />
      </Ask>
    </div>
  )
}

/** What the hub would take unless told otherwise. */
function suggested(kind: AgencyRequest['kind'], changes: AgencyRequest['changes']): Approval {
  const after = (name: string) => changes.find(({ field }) => field === name)?.after ?? ''
  if (kind === 'register') return { level: after('level') }
  return kind === 'close' ? { validTo: after('validTo'), successor: '' } : {}
}

interface ApprovalFieldsProps {
  readonly kind: AgencyRequest['kind']
  readonly approval: Approval
  readonly set: (approval: Approval) => void
}

function ApprovalFields({ kind, approval, set }: ApprovalFieldsProps) {
  const pick = usePick()
  const { level = '', validTo = '', successor = '' } = approval
  if (kind === 'register') {
    const options = Object.entries(levelWords).map(([value, text]) => ({ value, text: pick(text) }))
    return (
      <Choice
        label={pick(words.level)}
        value={level}
        options={options.filter(({ value }) => value !== 'district')}
        onChange={value => set({ level: value })}
      />
    )
  }
  if (kind === 'change') return null
  return (
    <>
      <Field
        label={pick(words.validTo)}
        type="date"
        required
        value={validTo}
        onInput={value => set({ validTo: value, successor })}
      />
      <Field
        label={pick(words.successor)}
        maxLength={35}
        value={successor}
        onInput={value => set({ validTo, successor: value })}
      />
    </>
  )
}

/** Another one was faster. */
function meanwhile(error: unknown): unknown {
  if (!(error instanceof Refused) || error.code !== 'STATE_CONFLICT') return error
  return new Refused(error.status, error.code, words.changedMeanwhile)
}
