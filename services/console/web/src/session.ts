import { useQuery } from '@tanstack/preact-query'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { api, rememberCsrfToken } from './api.ts'

export type Role = 'viewer' | 'auditor' | 'operator' | 'directory' | 'trust' | 'administrator' | 'official'

export interface Scope {
  readonly everything: boolean
  readonly subtrees: readonly string[]
  readonly systems: readonly string[]
  readonly localities: readonly string[]
  readonly groups: readonly string[]
}

/** Who is signed in, as the hub tells their own page. */
export interface Person {
  readonly accountId: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly scope: Scope
  readonly agencies: readonly string[]
  readonly passwordGiven: boolean
  readonly hasPassword: boolean
  readonly hasTotp: boolean
}

export interface Session {
  readonly hub: { readonly environment: 'test' | 'production'; readonly demo: boolean; readonly oidc: boolean }
  readonly person?: Person
  readonly csrfToken?: string
}

export const sessionKey = ['session'] as const

/** Asked once and when somebody signs in or out; without a person nobody is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const session = await api<Session>('/session', { signal })
      rememberCsrfToken(session.csrfToken)
      return session
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export const PersonContext = createContext<Person | undefined>(undefined)

/** Pages are shown to people who are signed in, and to nobody else. */
export function usePerson(): Person {
  const person = useContext(PersonContext)
  if (!person) throw new Error('a page was shown to nobody')
  return person
}
