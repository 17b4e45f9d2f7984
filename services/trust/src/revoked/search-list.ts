import { type Certificate, type Crl, parseCertificate, parseCrl, type RevokedEntry } from '@docaxis/pki'
import {
  type Database,
  type FoundRevocation,
  forgetHolds,
  heldSerials,
  listHolds,
  markCrlSearched,
  nextUnsearchedCrl,
  readHeld,
  recordRevocations,
  type Tx,
} from '@docaxis/store'

export interface Searched {
  readonly issuer: string
  /** Revoked certificates of the register that were not known, or are worse than known. */
  readonly news: number
}

/**
 * Looks for certificates of the register on the next list that was not searched yet: what is revoked after acceptance
 * concerns documents that are still under way (V46). Undefined when every list is searched.
 */
export function searchNextList(database: Database): Promise<Searched | undefined> {
  return database.transaction(async tx => {
    const next = await nextUnsearchedCrl(tx)
    if (!next) return undefined
    const crl = parseCrl(next.der)
    const news = await recordRevocations(tx, await findRevoked(tx, crl))
    await forgetLifted(tx, crl)
    await markCrlSearched(tx, next.sha256)
    return { issuer: crl.issuer.text, news: news.length }
  })
}

/** Serials first, which cost nothing; the few that are listed are then read. An indirect list is asked by issuer, too. */
async function findRevoked(tx: Tx, crl: Crl): Promise<FoundRevocation[]> {
  const held = await heldSerials(tx)
  const listed = crl.scope.indirect ? held : held.filter(({ serial }) => crl.find(serial) !== undefined)
  const digests = listed.map(({ sha256 }) => sha256)
  return (await readHeld(tx, digests)).flatMap(({ sha256, der }) => {
    const entry = entryOf(crl, parseCertificate(der))
    if (!entry || entry.reason === 'removeFromCRL') return []
    return [{ sha256, source: 'crl', revokedAt: entry.at, reason: entry.reason }]
  })
}

/** A hold is over when a delta says so, or when the whole list says nothing of it any more (RFC 5280 section 5.3.1). */
async function forgetLifted(tx: Tx, crl: Crl): Promise<void> {
  const lifted = (await readHeld(tx, await listHolds(tx))).filter(({ der }) => {
    const certificate = parseCertificate(der)
    if (!speaksOf(crl, certificate)) return false
    const entry = entryOf(crl, certificate)
    return crl.scope.delta ? entry?.reason === 'removeFromCRL' : entry === undefined
  })
  await forgetHolds(
    tx,
    lifted.map(({ sha256 }) => sha256),
  )
}

function entryOf(crl: Crl, certificate: Certificate): RevokedEntry | undefined {
  return speaksOf(crl, certificate) ? crl.find(certificate.serial, certificate.issuer) : undefined
}

function speaksOf(crl: Crl, certificate: Certificate): boolean {
  return crl.scope.indirect || crl.issuer.key === certificate.issuer.key
}
