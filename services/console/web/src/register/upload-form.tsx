import { useQueryClient } from '@tanstack/preact-query'
import { useId, useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { Failure } from '../parts/states.tsx'
import type { UploadAnswer } from './register.ts'
import { registerWords as words } from './words.ts'

const example = 'agency,month,outgoing,incoming\nH99,2026-10,1250,3480\nH99.32.05,2026-10,210,640'

/** Many agencies and months at once: all of them, or none and every fault by its line. */
export function UploadForm() {
  const pick = usePick()
  const id = useId()
  const client = useQueryClient()
  const [answer, setAnswer] = useState<UploadAnswer>()
  const [error, setError] = useState<unknown>()
  const upload = async (input: HTMLInputElement) => {
    const [file] = input.files ?? []
    if (!file) return
    setAnswer(undefined)
    setError(undefined)
    try {
      setAnswer(await api<UploadAnswer>('/register-totals', { method: 'POST', body: { file: await file.text() } }))
      await client.invalidateQueries({ queryKey: ['register-totals'] })
    } catch (refused) {
      setError(refused)
    } finally {
      // The same file may be chosen again once it is corrected.
      input.value = ''
    }
  }
  return (
    <section class="panel stack">
      <h2>{pick(words.uploadTitle)}</h2>
      <p class="small">{pick(words.uploadLead)}</p>
      <pre class="example">{example}</pre>
      <div class="field">
        <label for={id}>{pick(words.choose)}</label>
        <input id={id} type="file" accept=".csv,text/csv" onChange={event => void upload(event.currentTarget)} />
      </div>
      {error !== undefined && <Failure error={error} />}
      <div role="status">{answer && <Outcome answer={answer} />}</div>
    </section>
  )
}

function Outcome({ answer: { written, unchanged, faults, faultCount } }: { readonly answer: UploadAnswer }) {
  const pick = usePick()
  const number = useNumber()
  if (faultCount === 0) {
    return (
      <p class="small">
        {pick(words.written)} {number(written)}; {pick(words.unchanged)} {number(unchanged)}.
      </p>
    )
  }
  return (
    <>
      <p class="fault">
        {pick(words.refused)} {number(faultCount)}.
      </p>
      <ul class="line-faults">
        {faults.map((fault, index) => (
          <li key={index}>
            <strong>
              {pick(words.line)} {fault.line}
            </strong>
            : <bdi>{pick(fault)}</bdi>
          </li>
        ))}
      </ul>
    </>
  )
}
