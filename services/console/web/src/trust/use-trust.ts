import { useQuery } from '@tanstack/preact-query'
import { api } from '../api.ts'

/** A list of the trust pages. */
export function useTrustList<Row>(name: string) {
  return useQuery({
    queryKey: ['trust', name],
    queryFn: async ({ signal }) => (await api<{ items: readonly Row[] }>(`/trust/${name}`, { signal })).items,
  })
}
