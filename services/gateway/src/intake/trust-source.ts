import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, createTrust, parseCertificate, parseCertificates, parseCrl, type Trust } from '@docaxis/pki'
import { listCrls, listDemoAnchors, type Sql, trustVersion } from '@docaxis/store'

/** How long a snapshot is used before the database is asked whether anything has changed. */
const freshForMs = 2_000

/** What the hub trusts now: configured anchors, and the lists held in the database. */
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
 * Keeps one snapshot as long as the database's `trustVersion` stays the same, so that parsed lists and proved paths are
 * shared by all requests.
 *
 * @param anchorsDir folder of the configured anchors, read once; the system's own store is never used
 */
export function createTrustSource(sql: Sql, anchorsDir: string | undefined): TrustSource {
  let snapshot: Snapshot | undefined
  let configured: readonly Certificate[] | undefined
  let checkedAt = Number.NEGATIVE_INFINITY
  let refreshing: Promise<Trust> | undefined

  async function refresh(): Promise<Trust> {
    const startedAt = performance.now()
    configured ??= await readAnchors(anchorsDir)
    const version = await trustVersion(sql)
    if (snapshot?.version !== version) snapshot = { version, trust: await readTrust(sql, configured) }
    checkedAt = startedAt
    return snapshot.trust
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

async function readTrust(sql: Sql, configured: readonly Certificate[]): Promise<Trust> {
  const [demoAnchors, crls] = await Promise.all([listDemoAnchors(sql), listCrls(sql)])
  return createTrust({
    anchors: [...configured, ...demoAnchors.map(anchor => parseCertificate(anchor.der))],
    crls: crls.map(crl => parseCrl(crl.der)),
  })
}

const certificateFile = /\.(pem|crt|cer|der)$/i

/** Every certificate in the files of a folder, PEM bundles or DER. */
async function readAnchors(folder: string | undefined): Promise<Certificate[]> {
  if (folder === undefined) return []
  const names = (await readdir(folder)).filter(name => certificateFile.test(name)).sort()
  const files = await Promise.all(names.map(name => readFile(join(folder, name))))
  return files.flatMap(bytes => (isDer(bytes) ? [parseCertificate(bytes)] : parseCertificates(bytes)))
}

/** A DER certificate begins with a SEQUENCE; PEM is text. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30
}
