import { finding } from '@docaxis/errors'
import {
  addDocumentWarning,
  appendDocumentEvents,
  type Database,
  type FoundRevocation,
  holdDeliveriesOf,
  lockDocumentsSealedWith,
  nextRevocation,
  recordAudit,
  settleRevocation,
  type Tx,
} from '@docaxis/store'

/** Why such deliveries are held. */
const holdReason = 'certificate-revoked'

/** Where the warning stands, so that it is given once. */
const warningPath = 'Signature'

const batch = 200

export interface Flagged {
  readonly certificate: string
  readonly documents: number
  readonly held: number
  /** There are more. */
  readonly more: boolean
}

/**
 * Documents under way whose seal turned out to be revoked: flagged for whoever asks, in their history and in the audit
 * log, and held by policy until an operator decides (V46). A compromised key taints all it ever sealed; any other
 * revocation what was accepted after it. Undefined when nothing is due.
 *
 * Runs again until nothing sealed with the certificate can be on its way unseen: running twice changes nothing.
 */
export function flagNext(database: Database, policy: 'record' | 'hold'): Promise<Flagged | undefined> {
  return database.transaction(async tx => {
    const revocation = await nextRevocation(tx)
    return revocation && (await flag(tx, revocation, policy))
  })
}

async function flag(tx: Tx, revocation: FoundRevocation, policy: 'record' | 'hold'): Promise<Flagged> {
  const { sha256: certificate, revokedAt, reason } = revocation
  const documents = await lockDocumentsSealedWith(tx, {
    certificate,
    since: reason === 'keyCompromise' ? new Date(0) : revokedAt,
    unlessWarned: { code: 'CERTIFICATE_REVOKED', path: warningPath },
    limit: batch,
  })
  // One that is not routed yet has nothing to hold: its turn comes when it has.
  const flagged = documents.filter(({ routed }) => routed || policy === 'record').map(({ id }) => id)
  await tell(tx, flagged, revocation)
  const held = policy === 'hold' ? await holdDeliveriesOf(tx, flagged, { reason: holdReason }) : []
  const more = documents.length === batch && flagged.length > 0
  if (!more) await settleRevocation(tx, certificate, documents.length > flagged.length)
  return { certificate, documents: flagged.length, held: held.length, more }
}

async function tell(tx: Tx, documentIds: readonly string[], revocation: FoundRevocation): Promise<void> {
  const { sha256: certificate, source, revokedAt, reason } = revocation
  const details = { certificate, source, revokedAt: revokedAt.toISOString(), reason, found: 'after-acceptance' }
  const warning = finding('CERTIFICATE_REVOKED', { path: warningPath, severity: 'warning', details })
  await addDocumentWarning(tx, documentIds, warning)
  await appendDocumentEvents(
    tx,
    documentIds.map(documentId => ({ documentId, what: 'certificate-revoked', details })),
  )
  await recordAudit(
    tx,
    documentIds.map(object => ({
      actor: 'service:trust',
      action: 'document.flag',
      object,
      outcome: 'flagged',
      details,
    })),
  )
}
