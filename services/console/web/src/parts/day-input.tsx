import { useEffect, useRef, useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { type Day, parseDay } from './day.ts'
import { Icon } from './icon.tsx'
import { dayText } from './time.tsx'
import { partWords as words } from './words.ts'

interface DayInputProps {
  readonly id: string
  /** Empty where none is given. */
  readonly value: Day | ''
  readonly onInput: (day: Day | '') => void
  readonly required?: boolean
  readonly 'aria-describedby'?: string
}

/**
 * A day as it is written here, `21/11/2026`. The browser's own field for days follows the browser's language, which need
 * not be the page's: 3/11 would be the eleventh of March to some. Its calendar is used, for those who want one.
 */
export function DayInput({ value, onInput, ...given }: DayInputProps) {
  const pick = usePick()
  const field = useRef<HTMLInputElement>(null)
  const calendar = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState(() => dayText(value))
  // What is being written stands until it is a day, or another one has been set from outside.
  const text = (parseDay(written) ?? '') === value ? written : dayText(value)
  const fault = text.trim() === '' || parseDay(text) !== undefined ? '' : pick(words.noDay)
  useEffect(() => field.current?.setCustomValidity(fault), [fault])
  const write = (typed: string) => {
    setWritten(typed)
    onInput(parseDay(typed) ?? '')
  }
  return (
    <div class="day">
      <input
        {...given}
        ref={field}
        type="text"
        inputMode="numeric"
        autocomplete="off"
        placeholder={pick(words.dayShape)}
        value={text}
        onInput={event => write(event.currentTarget.value)}
        onChange={() => value !== '' && setWritten(dayText(value))}
      />
      <input
        ref={calendar}
        type="date"
        class="calendar"
        tabIndex={-1}
        aria-hidden="true"
        max="9999-12-31"
        value={value}
        onInput={event => onInput(event.currentTarget.value)}
      />
      <button
        type="button"
        class="quiet"
        aria-label={pick(words.calendar)}
        title={pick(words.calendar)}
        aria-controls={given.id}
        onClick={() => calendar.current?.showPicker()}
      >
        <Icon name="calendar" />
      </button>
    </div>
  )
}
