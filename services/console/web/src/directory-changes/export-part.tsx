import { apiUrl } from '../api.ts'
import { usePick } from '../language.tsx'
import { DownloadButtons } from '../parts/download-buttons.tsx'
import { importWords as words } from './import-words.ts'
import { changeWords } from './words.ts'

const formats = [
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
] as const

/** The directory as a file to correct, and files to begin with. */
export function ExportPart() {
  const pick = usePick()
  return (
    <section class="block">
      <h2>{pick(words.export)}</h2>
      <p class="small">{pick(words.exportHint)}</p>
      <DownloadButtons formats={formats} name="agencies" pathOf={format => `/agency-export?format=${format}`} />
      <h3>{pick(changeWords.templates)}</h3>
      <p class="small">{pick(words.templateHint)}</p>
      <div class="row">
        {formats.map(({ format, label }) => (
          <a key={format} class="button" href={apiUrl(`/agency-templates/agencies.${format}`)} download>
            {label}
          </a>
        ))}
      </div>
    </section>
  )
}
