import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { FileField } from '../parts/file-field.tsx'
import { useNumber } from '../parts/number.ts'
import { Failure } from '../parts/states.tsx'
import type { UploadAnswer } from './register.ts'
import { registerWords as words } from './words.ts'

const example = 'agency,month,outgoing,incoming\nH99,2026-10,1250,3480\nH99.32.05,2026-10,210,640'

/** Many agencies and months at once: all of them, or none and every fault by its line. */
export function UploadForm() {
  const pick = usePick()
  const [file, setFile] = useState<File>()
  const client = useQueryClient()
  const [answer, setAnswer] = useState<UploadAnswer>()
  const [error, setError] = useState<unknown>()
  const upload = async (chosen: File) => {
    setAnswer(undefined)
    setError(undefined)
    try {
      setAnswer(await api<UploadAnswer>('/register-totals', { method: 'POST', body: { file: await chosen.text() } }))
      await client.invalidateQueries({ queryKey: ['register-totals'] })
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <section class="panel stack">
      <h2>{pick(words.uploadTitle)}</h2>
      <p class="small">{pick(words.uploadLead)}</p>
      <pre class="example">{example}</pre>
      <FileField
        label={pick(words.choose)}
        accept=".csv,text/csv"
        file={file}
        onFile={chosen => {
          setFile(chosen)
          if (chosen) void upload(chosen)
        }}
      />
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
