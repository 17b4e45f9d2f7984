import { queryOptions } from '@tanstack/preact-query'
import { api } from '../api.ts'
import type { Role, Scope } from '../session.ts'

/** An account as administrators see it. */
export interface Account {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly scope: Scope
  readonly agencies: readonly string[]
  readonly hasPassword: boolean
  readonly passwordGiven: boolean
  readonly hasTotp: boolean
  readonly createdAt: string
  readonly signedInAt?: string
  readonly lockedUntil?: string
  readonly disabledAt?: string
}

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }) => (await api<{ readonly items: readonly Account[] }>('/people', { signal })).items,
})
