import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { DayInput } from './day-input.tsx'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: 'text' | 'password' | 'date'
  readonly hint?: string
  readonly autocomplete?: string
  readonly required?: boolean
  readonly inputMode?: 'numeric' | 'text'
  readonly maxLength?: number
  readonly minLength?: number
  /** What the whole of it has to match. */
  readonly pattern?: string
}

/** A line of text with its label above and its hint below. */
export function Field({ label, value, onInput, hint, type = 'text', ...given }: FieldProps) {
  const id = useId()
  const input = {
    ...given,
    id,
    value,
    'aria-describedby': hint ? `${id}-hint` : undefined,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'text' && <input type="text" {...input} />}
      {type === 'password' && <input type="password" {...input} />}
      {type === 'date' && <DayInput {...input} onInput={onInput} />}
      {hint && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly onChange: (value: string) => void
  readonly hint?: ComponentChildren
}

export function Choice({ label, value, options, onChange, hint }: ChoiceProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={event => onChange(event.currentTarget.value)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {hint && <small class="hint">{hint}</small>}
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly hint?: string
}

export function Check({ label, checked, onChange, hint }: CheckProps) {
  const id = useId()
  return (
    <div class="check">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
    </div>
  )
}
