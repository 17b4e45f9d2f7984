import { listAllAnchors, listAuthoritiesWhole } from '@docaxis/service'
import type { Console } from '../console.ts'

/** An authority, and how fresh its word on revocations is. */
export interface AuthorityView {
  readonly sha256: string
  readonly subject: string
  readonly notAfter: string
  readonly role: 'anchor' | 'intermediate'
  /** What counts for certificates it issued. */
  readonly revocation: 'crl' | 'ocsp' | 'both'
  /** `fresh`: its word holds. `failing`: it holds still, and no newer one can be had. `stale`: it holds no longer. */
  readonly state: 'fresh' | 'failing' | 'stale' | 'unknown'
  /** The last good answer of any of its addresses, when the next is asked for, and how often that failed since. */
  readonly goodAt: string | null
  readonly dueAt: string | null
  readonly failures: number
  readonly fault: string | null
  /** Until when its newest list holds. */
  readonly listUntil: string | null
}

/** Every authority, those whose word is missing first. */
export async function readAuthorities({ database, config, now }: Console): Promise<AuthorityView[]> {
  const at = now()
  const [listed, anchors] = await Promise.all([
    listAuthoritiesWhole(database, at),
    listAllAnchors({ database, settings: config, now }),
  ])
  const trusted = new Set(anchors.map(({ sha256 }) => sha256))
  return listed.map(listing => viewOf(listing, trusted, at)).toSorted((one, other) => urgency(other) - urgency(one))
}

/** Authorities without fresh word: each with the moment up to which there was one. */
export async function readUnfresh({ database, now }: Console): Promise<readonly { readonly since: Date }[]> {
  const at = now()
  const listed = await listAuthoritiesWhole(database, at)
  return listed
    .map(listing => viewOf(listing, new Set(), at))
    .filter(({ state }) => state === 'stale' || state === 'failing')
    .map(({ state, listUntil, goodAt }) => new Date((state === 'stale' ? listUntil : goodAt) ?? at))
    .map(since => ({ since }))
}

type Listing = Awaited<ReturnType<typeof listAuthoritiesWhole>>[number]

function viewOf({ authority, sources, lists }: Listing, trusted: ReadonlySet<string>, at: Date): AuthorityView {
  const failing = sources.filter(({ failures }) => failures > 0)
  const whole = lists.find(({ delta }) => !delta)
  const until = whole?.nextUpdate
  const goodAt = latest(sources.flatMap(source => source.goodAt ?? []))
  const dueAt = sources.length > 0 ? new Date(Math.min(...sources.map(source => source.dueAt.getTime()))) : undefined
  return {
    sha256: authority.sha256,
    subject: authority.subject,
    notAfter: authority.notAfter.toISOString(),
    role: trusted.has(authority.sha256) ? 'anchor' : 'intermediate',
    revocation: authority.revocation,
    state: stateOf({ until, hasWord: whole !== undefined || goodAt !== undefined, failing: failing.length > 0, at }),
    goodAt: (goodAt ?? whole?.importedAt)?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    failures: Math.max(0, ...failing.map(({ failures }) => failures)),
    fault: failing[0]?.fault ?? null,
    listUntil: until?.toISOString() ?? null,
  }
}

interface Word {
  readonly until: Date | undefined
  readonly hasWord: boolean
  readonly failing: boolean
  readonly at: Date
}

function stateOf({ until, hasWord, failing, at }: Word): AuthorityView['state'] {
  if (until && until < at) return 'stale'
  if (failing) return 'failing'
  return hasWord ? 'fresh' : 'unknown'
}

function urgency({ state }: AuthorityView): number {
  return ['unknown', 'fresh', 'failing', 'stale'].indexOf(state)
}

function latest(dates: readonly Date[]): Date | undefined {
  return dates.toSorted((one, other) => other.getTime() - one.getTime())[0]
}
