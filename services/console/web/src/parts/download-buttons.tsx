import { useRef, useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { download } from './download.ts'
import { useNumber } from './number.ts'
import { partWords as words } from './words.ts'

interface DownloadButtonsProps {
  readonly formats: readonly { readonly format: string; readonly label: string }[]
  /** Under which the file is saved, without its ending. */
  readonly name: string
  readonly pathOf: (format: string) => string
}

/** A button for each kind of file. Told as it comes how much has come; one that breaks off is not kept. */
export function DownloadButtons({ formats, name, pathOf }: DownloadButtonsProps) {
  const pick = usePick()
  const number = useNumber()
  const [kilobytes, setKilobytes] = useState<number>()
  const [broke, setBroke] = useState(false)
  const running = useRef<AbortController>(null)

  const start = async (format: string) => {
    const abort = new AbortController()
    running.current = abort
    setBroke(false)
    setKilobytes(0)
    try {
      const told = (bytes: number) => setKilobytes(bytes / 1024)
      await download(pathOf(format), `${name}.${format}`, { told, signal: abort.signal })
    } catch {
      setBroke(!abort.signal.aborted)
    } finally {
      setKilobytes(undefined)
    }
  }

  if (kilobytes !== undefined) {
    return (
      <div class="row" role="status">
        <span class="small">
          {pick(words.exporting)} {number(Math.round(kilobytes))} KB
        </span>
        <button type="button" class="button" onClick={() => running.current?.abort()}>
          {pick(words.stop)}
        </button>
      </div>
    )
  }
  return (
    <div class="row">
      {broke && (
        <p class="fault" role="alert">
          {pick(words.exportBroke)}
        </p>
      )}
      <span class="small">{pick(words.exportAs)}</span>
      {formats.map(({ format, label }) => (
        <button key={format} type="button" class="button" onClick={() => void start(format)}>
          {label}
        </button>
      ))}
    </div>
  )
}
