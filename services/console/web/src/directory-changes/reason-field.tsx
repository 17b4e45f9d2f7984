import { usePick } from '../language.tsx'
import { changeWords as words } from './words.ts'

interface ReasonFieldProps {
  readonly value: string
  readonly onInput: (reason: string) => void
}

/** Every decision about the directory says why. */
export function ReasonField({ value, onInput }: ReasonFieldProps) {
  const pick = usePick()
  return (
    <label class="field">
      <span>{pick(words.reason)}</span>
      <textarea
        rows={3}
        required
        minLength={5}
        maxLength={500}
        value={value}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </label>
  )
}
