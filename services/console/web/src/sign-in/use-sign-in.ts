import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api, Refused } from '../api.ts'
import type { Bilingual } from '../language.tsx'
import { sessionKey } from '../session.ts'

/** Sends credentials, and says in words why they are not taken. */
export function useSignIn(wrong: Bilingual) {
  const queries = useQueryClient()
  const [fault, setFault] = useState<Bilingual>()
  const [busy, setBusy] = useState(false)
  /** @returns what comes next; undefined when they are not taken */
  const send = async (body: object): Promise<'done' | 'code' | undefined> => {
    setBusy(true)
    setFault(undefined)
    try {
      const { next } = await api<{ readonly next: 'done' | 'code' }>('/session', { method: 'POST', body })
      if (next === 'done') await queries.invalidateQueries({ queryKey: sessionKey })
      return next
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setFault(error.code === 'AUTHENTICATION_REQUIRED' ? wrong : error.text)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { send, fault, busy }
}
