import { useContext, useRef, useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { LanguageContext, usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { useAddress } from '../router.tsx'
import { questionNames } from './filter-form.tsx'
import { documentsWords as words } from './words.ts'

const formats = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel' },
] as const

/** The list as a file. Told as it comes how much has come; one that breaks off is not kept. */
export function ExportButtons() {
  const pick = usePick()
  const number = useNumber()
  const language = useContext(LanguageContext)
  const { query } = useAddress()
  const [kilobytes, setKilobytes] = useState<number>()
  const [broke, setBroke] = useState(false)
  const running = useRef<AbortController>(null)

  const download = async (format: string) => {
    const abort = new AbortController()
    running.current = abort
    setBroke(false)
    setKilobytes(0)
    try {
      const asked = questionNames.flatMap(name => (query.get(name) ? [[name, query.get(name) ?? '']] : []))
      const question = new URLSearchParams([...asked, ['format', format], ['language', language]])
      const response = await fetch(apiUrl(`/document-export?${question}`), { signal: abort.signal })
      if (!response.ok || !response.body) throw new Error(`the export answers ${response.status}`)
      const parts = await collect(response.body, bytes => setKilobytes(bytes / 1024))
      keep(new Blob(parts, { type: response.headers.get('content-type') ?? '' }), `docaxis-documents.${format}`)
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
        <button key={format} type="button" class="button" onClick={() => void download(format)}>
          {label}
        </button>
      ))}
    </div>
  )
}

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>, told: (bytes: number) => void) {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts
    parts.push(value)
    bytes += value.length
    told(bytes)
  }
}

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
