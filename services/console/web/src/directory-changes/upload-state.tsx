import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { changeWords as words } from './words.ts'

interface UploadStateProps {
  /** How much has gone, 0–1. */
  readonly share: number
  readonly onStop?: () => void
}

/** First the file goes, then the hub reads it. */
export function UploadState({ share, onStop }: UploadStateProps) {
  const pick = usePick()
  const number = useNumber()
  const gone = share >= 1
  const text = gone ? pick(words.checking) : `${pick(words.sending)} ${number(Math.floor(share * 100))}%`
  return (
    <div class="row" role="status">
      <progress max={1} value={gone ? undefined : share} aria-label={text} />
      <span class="small">{text}</span>
      {onStop && (
        <button type="button" class="button" onClick={onStop}>
          {pick(words.stop)}
        </button>
      )}
    </div>
  )
}
