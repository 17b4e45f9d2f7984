import { useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { Refused } from '../api.ts'
import type { Bilingual } from '../language.tsx'
import { sessionKey } from '../session.ts'
import { accountWords as words } from './words.ts'

export interface Told {
  readonly text: Bilingual
  readonly good: boolean
}

/** Runs a change of one's own account, and says how it ended; what the page knows of the person is asked anew. */
export function useChange() {
  const queries = useQueryClient()
  const [told, setTold] = useState<Told>()
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>, done?: Bilingual): Promise<boolean> => {
    setBusy(true)
    setTold(undefined)
    try {
      await work()
      await queries.invalidateQueries({ queryKey: sessionKey })
      if (done) setTold({ text: done, good: true })
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ text: refusals[error.code] ?? error.text, good: false })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { run, told, busy }
}

const refusals: Readonly<Record<string, Bilingual>> = {
  FORBIDDEN: words.wrongPassword,
  STATE_CONFLICT: words.wrongCode,
}
