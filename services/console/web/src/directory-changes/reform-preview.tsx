import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { dayText } from '../parts/time.tsx'
import { upload } from '../parts/upload.ts'
import { conflictOf } from './faults.tsx'
import { ReasonField } from './reason-field.tsx'
import { ReformFiguresView } from './reform-figures.tsx'
import type { Reform, ReformPreview } from './reform-view.ts'
import { reformWords as words } from './reform-words.ts'
import { seenQuery } from './seen.ts'
import { Touched } from './touched.tsx'

interface ReformPreviewProps {
  readonly preview: ReformPreview
  readonly file: Blob
  readonly onDone: (reform: Reform) => Promise<void>
}

/** What a reform would touch now, and the button that does exactly this. */
export function ReformPreviewView({ preview, file, onDone }: ReformPreviewProps) {
  const pick = usePick()
  const [reason, setReason] = useState('')
  const { title, effectiveOn, figures, seen } = preview
  const apply = async () => {
    const { answer } = upload<Reform>(`/reforms?${seenQuery(seen, reason)}`, file, () => {})
    const reform = await answer.catch((error: unknown) => {
      throw conflictOf(error)
    })
    await onDone(reform)
  }
  return (
    <section class="foreseen" aria-label={pick(words.wouldNow)}>
      <h3>{pick(words.wouldNow)}</h3>
      <p>
        <bdi>{title}</bdi>, {pick(words.day).toLowerCase()} {dayText(effectiveOn)}
      </p>
      <ReformFiguresView figures={figures} />
      <Ask
        label={pick(words.apply)}
        about={title}
        what={pick(effectiveOn <= today() ? words.applyNow : words.applyLater)}
        confirm={pick(words.apply)}
        danger={effectiveOn <= today()}
        onOpen={() => setReason('')}
        act={apply}
      >
        <ReasonField value={reason} onInput={setReason} />
      </Ask>
      <Touched preview={preview} />
    </section>
  )
}

/** The day that it is in Ha Noi, as the hub reckons. */
const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
