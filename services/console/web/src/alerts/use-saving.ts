import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api, Refused } from '../api.ts'
import type { Bilingual } from '../language.tsx'
import { navigate } from '../router.tsx'
import { alertWords as words } from './words.ts'

export interface Saving {
  readonly told: { readonly text: Bilingual; readonly good: boolean } | undefined
  readonly save: (wish: unknown) => Promise<void>
  /** @throws Refused: the dialog that asks shows why */
  readonly remove: () => Promise<void>
}

/**
 * Saves a rule or a destination. A new one then has a page of its own.
 *
 * @param path of the list, below `/console/api` and in the address alike
 */
export function useSaving(path: string, id: string | undefined): Saving {
  const queries = useQueryClient()
  const [told, setTold] = useState<Saving['told']>()
  const changed = () => queries.invalidateQueries({ queryKey: ['alerts'] })

  async function save(wish: unknown): Promise<void> {
    setTold(undefined)
    try {
      const made = id === undefined ? await api<{ id: string }>(path, { method: 'POST', body: wish }) : undefined
      if (id !== undefined) await api(`${path}/${id}`, { method: 'PUT', body: wish })
      setTold({ text: words.saved, good: true })
      await changed()
      if (made) navigate(`${path}/${made.id}`, { replace: true })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ text: error.text, good: false })
    }
  }

  async function remove(): Promise<void> {
    await api(`${path}/${id}`, { method: 'DELETE' })
    navigate('/alerts')
    await changed()
  }

  return { told, save, remove }
}
