import { useQueryClient } from '@tanstack/preact-query'
import { agencyPath } from '../agencies/agency-row.ts'
import { api, type Call } from '../api.ts'

/** Changes something of an agency; what the pages of agencies show is asked for anew. */
export function useChange(code: string): <Answer>(path: string, call: Call) => Promise<Answer> {
  const queries = useQueryClient()
  return async <Answer>(path: string, call: Call) => {
    const answer = await api<Answer>(`${agencyPath(code)}${path}`, call)
    void queries.invalidateQueries({ queryKey: ['agencies'] })
    return answer
  }
}
