import {
  type Anchor,
  type Certificate,
  type Crl,
  createTrust,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type Trust,
} from '@docaxis/pki'
import {
  type AnchorRecord,
  type AuthorityRecord,
  listAnchors,
  listAuthorities,
  listCrls,
  listDemoAnchors,
  listOcspDigests,
  readCrls,
  readOcspAnswers,
  type Sql,
  trustVersion,
} from '@docaxis/store'
import type { HubConfig } from '../config.ts'
import { type AnchorFile, readAnchorFiles } from './anchor-files.ts'
import { keptByDigest } from './kept-by-digest.ts'
import { readNameLimit } from './name-limit.ts'
import { tightened } from './tightened.ts'

/** How long a snapshot is used before the database is asked whether anything has changed. */
const freshForMs = 2_000

/** What the hub trusts now: configured and imported anchors, and what authorities said, as the database holds it. */
export interface TrustSource {
  current(): Promise<Trust>
  /** Anchors or lists have just changed here: the next call looks again. */
  changed(): void
}

interface Snapshot {
  readonly version: string
  readonly trust: Trust
}

/**
 * Keeps one snapshot as long as the database's `trustVersion` stays the same, so that proved paths are shared by all
 * requests; a list is read and parsed once, however often the rest changes.
 *
 * @param config `anchorsDir`: folder of the configured anchors, read once; the system's own store is never used
 */
export function createTrustSource(
  sql: Sql,
  { anchorsDir, algorithmEnds }: Partial<Pick<HubConfig, 'anchorsDir' | 'algorithmEnds'>>,
): TrustSource {
  const lists = keptByDigest(digests => readCrls(sql, digests), parseCrl)
  const answers = keptByDigest(digests => readOcspAnswers(sql, digests), parseOcspResponse)
  let snapshot: Snapshot | undefined
  let configured: readonly AnchorFile[] | undefined
  let checkedAt = Number.NEGATIVE_INFINITY
  let refreshing: Promise<Trust> | undefined

  async function refresh(): Promise<Trust> {
    const startedAt = performance.now()
    configured ??= await readAnchorFiles(anchorsDir)
    const version = await trustVersion(sql)
    if (snapshot?.version !== version) snapshot = { version, trust: await readTrust(configured) }
    checkedAt = startedAt
    return snapshot.trust
  }

  async function readTrust(files: readonly AnchorFile[]): Promise<Trust> {
    const [imported, demo, authorities, heads, digests] = await Promise.all([
      listAnchors(sql),
      listDemoAnchors(sql),
      listAuthorities(sql),
      listCrls(sql),
      listOcspDigests(sql),
    ])
    const known = authorities.map(authority => ({ ...authority, certificate: parseCertificate(authority.der) }))
    return createTrust({
      anchors: [
        ...files.map(({ certificate, purposes }) => ({ certificate, purposes: new Set(purposes) })),
        ...imported.map(anchorOf),
        ...demo.map(({ der }) => parseCertificate(der)),
      ],
      intermediates: known.filter(({ intermediate }) => intermediate).map(({ certificate }) => certificate),
      crls: underPolicy(await lists(heads.map(head => head.sha256)), known),
      ocsp: await answers(digests),
      ...(algorithmEnds && { algorithmEnds }),
    })
  }

  return {
    current: async () => {
      if (snapshot && performance.now() - checkedAt < freshForMs) return snapshot.trust
      refreshing ??= refresh().finally(() => {
        refreshing = undefined
      })
      return refreshing
    },
    changed: () => {
      checkedAt = Number.NEGATIVE_INFINITY
    },
  }
}

function anchorOf({ der, purposes, validFrom, validTo, permittedNames, excludedNames }: AnchorRecord): Anchor {
  return {
    certificate: parseCertificate(der),
    purposes: new Set(purposes),
    ...(validFrom && { validFrom }),
    ...(validTo && { validTo }),
    ...(permittedNames.length > 0 && { permittedNames: permittedNames.map(readNameLimit) }),
    ...(excludedNames.length > 0 && { excludedNames: excludedNames.map(readNameLimit) }),
  }
}

type KnownAuthority = AuthorityRecord & { readonly certificate: Certificate }

/** Lists as the policy of their authority takes them: shorter-lived, or not at all where only OCSP counts. */
function underPolicy(crls: readonly Crl[], authorities: readonly KnownAuthority[]): Crl[] {
  return crls.flatMap(crl => {
    const policy = authorities.find(({ certificate }) => mayHaveSigned(certificate, crl))
    if (policy?.revocation === 'ocsp') return []
    return [tightened(crl, policy?.maxCrlAgeHours ?? null)]
  })
}

/** By name, and by key where both say which: an authority that changed its key has two certificates. */
function mayHaveSigned({ subject, subjectKeyId }: Certificate, { issuer, authorityKeyId }: Crl): boolean {
  if (subject.key !== issuer.key) return false
  return subjectKeyId === undefined || authorityKeyId === undefined || subjectKeyId === authorityKeyId
}
