import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { Failure } from '../parts/states.tsx'
import { Link, useAddress, withQuery } from '../router.tsx'
import { documentsWords as words } from './words.ts'

interface SavedFilter {
  readonly id: string
  readonly name: string
  readonly query: string
}

const key = ['document-filters'] as const

/** Questions that the person keeps, and a way to keep the one that is asked now. */
export function SavedFilters() {
  const pick = usePick()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api<{ items: readonly SavedFilter[] }>('/document-filters', { signal }),
  })
  const change = async (work: Promise<unknown>) => {
    setError(undefined)
    await work.catch(setError)
    await queries.invalidateQueries({ queryKey: key })
  }
  const items = data?.items ?? []
  return (
    <section class="saved" aria-label={pick(words.saved)}>
      {items.length > 0 && (
        <ul class="chips">
          {items.map(({ id, name, query }) => (
            <li key={id} class="saved-filter">
              <Link to={`/documents${query}`} class="chip">
                <bdi>{name}</bdi>
              </Link>
              <button
                type="button"
                class="quiet"
                aria-label={`${pick(words.remove)}: ${name}`}
                onClick={() => void change(api(`/document-filters/${id}`, { method: 'DELETE' }))}
              >
                <Icon name="close" size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <SaveForm save={(name, query) => change(api('/document-filters', { method: 'POST', body: { name, query } }))} />
      {error !== undefined && <Failure error={error} />}
    </section>
  )
}

function SaveForm({ save }: { readonly save: (name: string, query: string) => Promise<void> }) {
  const pick = usePick()
  const address = useAddress()
  const [name, setName] = useState('')
  const query = withQuery({ ...address, path: '' }, { after: undefined })
  const go = async (event: SubmitEvent) => {
    event.preventDefault()
    await save(name.trim(), query)
    setName('')
  }
  if (query === '') return null
  return (
    <form class="save-filter" onSubmit={go}>
      <Field label={pick(words.saveName)} value={name} onInput={setName} maxLength={100} required />
      <button type="submit" class="button">
        {pick(words.save)}
      </button>
    </form>
  )
}
