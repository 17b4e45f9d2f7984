import {
  type AuthorityRecord,
  type CrlHead,
  listAuthorities,
  listCrls,
  listSources,
  type OcspTally,
  type SourceRecord,
  type Sql,
  tallyOcsp,
} from '@docaxis/store'

/** One authority with what is known of its word: where it publishes, what is held, when it is asked again. */
export interface AuthorityListing {
  readonly authority: AuthorityRecord
  readonly sources: readonly SourceRecord[]
  /** Newest first. */
  readonly lists: readonly CrlHead[]
  readonly ocsp?: OcspTally
}

export async function listAuthoritiesWhole(sql: Sql, now: Date): Promise<AuthorityListing[]> {
  const [authorities, sources, crls, tallies] = await Promise.all([
    listAuthorities(sql),
    listSources(sql),
    listCrls(sql),
    tallyOcsp(sql, now),
  ])
  return authorities.map(authority => {
    const ocsp = tallies.find(tally => tally.authority === authority.sha256)
    return {
      authority,
      sources: sources.filter(source => source.authority === authority.sha256),
      lists: crls
        .filter(({ issuer }) => issuer === authority.subject)
        .toSorted((one, other) => other.thisUpdate.getTime() - one.thisUpdate.getTime()),
      ...(ocsp && { ocsp }),
    }
  })
}
