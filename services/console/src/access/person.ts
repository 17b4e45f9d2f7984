import type { Account, Role, Scope } from '@docaxis/store/console'

/** Who is signed in, and what they may see. */
export interface Person {
  readonly accountId: string
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Agencies whose exchange they see; metadata only. */
  readonly scope: Scope
  /** Where they work: content of what these sent or received, and of nothing else. */
  readonly agencies: readonly string[]
}

/** Every role: for routes that only ask who somebody is. */
export { roles as everyRole } from '@docaxis/store/console'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route but those that anybody may call. */
    person: Person
  }

  interface FastifyContextConfig {
    /** Roles that may call the route; `anybody`: without signing in. A route that does not say is refused at start. */
    may?: readonly Role[] | 'anybody'
    /** Whether a call leaves a row in the audit log; it does unless told. For what shows nothing but the caller's own. */
    audited?: boolean
    /** Facts of the hub itself: only for those whose scope is the whole of it. */
    wholeHub?: boolean
    /** Whether somebody whose password was given by another may call it; they choose an own one first. */
    withGivenPassword?: boolean
  }
}

export function personOf({ id, login, name, role, scope, agencies }: Account): Person {
  return { accountId: id, login, name, role, scope, agencies }
}

/** As the audit log names them. */
export function actorOf({ login }: Pick<Person, 'login'>): string {
  return `user:${login}`
}
