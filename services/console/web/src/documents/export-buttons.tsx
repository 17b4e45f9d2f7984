import { useContext } from 'preact/hooks'
import { LanguageContext } from '../language.tsx'
import { DownloadButtons } from '../parts/download-buttons.tsx'
import { useAddress } from '../router.tsx'
import { questionNames } from './filter-form.tsx'

const formats = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel' },
] as const

/** The list as a file. */
export function ExportButtons() {
  const language = useContext(LanguageContext)
  const { query } = useAddress()
  const pathOf = (format: string) => {
    const asked = questionNames.flatMap(name => (query.get(name) ? [[name, query.get(name) ?? '']] : []))
    return `/document-export?${new URLSearchParams([...asked, ['format', format], ['language', language]])}`
  }
  return <DownloadButtons formats={formats} name="docaxis-documents" pathOf={pathOf} />
}
