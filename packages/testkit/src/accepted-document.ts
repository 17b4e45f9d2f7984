import { createHash, randomBytes } from 'node:crypto'
import {
  acceptedEvent,
  appendOutbox,
  applyEffects,
  type Database,
  insertDocuments,
  lockEffectTargets,
  type NewDocument,
  newHubId,
  type ReceiverRow,
  receiptId,
} from '@docaxis/store'

export interface DocumentWish {
  readonly kind?: 'document' | 'status'
  readonly systemId?: string
  readonly sender?: string
  /** edXML DocumentId. */
  readonly documentId?: string
  readonly priority?: 0 | 1 | 2 | 3 | 4
  /** `yyyy-mm-dd`. */
  readonly dueOn?: string
  /** Directory codes at commune level, or whole rows. */
  readonly receivers?: readonly (string | Omit<ReceiverRow, 'position'>)[]
  readonly effects?: NewDocument['effects']
  readonly action?: NewDocument['action']
  readonly checks?: NewDocument['checks']
  readonly verdict?: NewDocument['verdict']
  /** The bytes that were accepted, which the caller keeps; random ones nobody has when absent. */
  readonly packet?: Uint8Array
  readonly signaturePolicy?: 'record' | 'refuse-invalid' | 'require-valid'
}

/** Makes a system that can own documents and receipts. */
export async function addSystem(database: Database, id: string): Promise<void> {
  await database.query('insert into system (id, name) values ($1, $1) on conflict (id) do nothing', [id])
}

/**
 * A packet as the gateway leaves it behind: row, receivers, effects, owed receipt, history, audit, event; the bytes themselves
 * are not kept. The sender is `G99` with system `g99` unless wished otherwise.
 *
 * @returns the hub's id
 */
export async function acceptDocument(database: Database, wish: DocumentWish = {}): Promise<string> {
  const [id] = await acceptDocuments(database, [wish])
  if (id === undefined) throw new Error('no document was accepted')
  return id
}

/** Many of them in one transaction, in the order wished. */
export async function acceptDocuments(database: Database, wishes: readonly DocumentWish[]): Promise<string[]> {
  const documents = wishes.map(documentOf)
  for (const systemId of new Set(documents.map(document => document.systemId))) await addSystem(database, systemId)
  await database.transaction(async tx => {
    const targets = documents.flatMap(({ effects }) => effects)
    const names = targets.map(({ sender, target }) => ({ sender, documentId: target }))
    await lockEffectTargets(tx, names, 'exclusive')
    const acceptedAt = await insertDocuments(tx, documents)
    for (const document of documents) {
      const at = acceptedAt.get(document.id)
      if (!at) throw new Error(`document ${document.documentId} of ${document.sender} was accepted before`)
      await applyEffects(tx, document)
      await appendOutbox(tx, [acceptedEvent({ ...document, acceptedAt: at })])
    }
  })
  return documents.map(({ id }) => id)
}

function documentOf(wish: DocumentWish): NewDocument {
  const id = newHubId()
  const kind = wish.kind ?? 'document'
  const packet = wish.packet ?? randomBytes(32)
  const hash = createHash('sha256').update(packet).digest('hex')
  return {
    id,
    kind,
    systemId: wish.systemId ?? 'g99',
    sender: wish.sender ?? 'G99',
    senderWritten: wish.sender ?? 'G99',
    documentId: wish.documentId ?? `000.00.00.${id}`,
    action: wish.action ?? (kind === 'status' ? 'status' : 'new'),
    sha256: hash,
    sizeBytes: packet.length,
    headerDigest: hash,
    attachmentsDigest: hash,
    priority: wish.priority ?? 0,
    subject: 'V/v thử nghiệm',
    ...(wish.dueOn !== undefined && { dueOn: wish.dueOn }),
    envelope: {},
    verdict: wish.verdict ?? absentSeal,
    warnings: [],
    profile: 'strict',
    signaturePolicy: wish.signaturePolicy ?? 'record',
    receivers: (wish.receivers ?? ['H99.32.05']).map(receiverOf),
    effects: wish.effects ?? [],
    checks: wish.checks ?? [],
    evidence: [],
    ...(kind === 'document' && { receiptId: receiptId('acceptance', id) }),
  }
}

function receiverOf(receiver: string | Omit<ReceiverRow, 'position'>, position: number): ReceiverRow {
  if (typeof receiver !== 'string') return { position, ...receiver }
  return { position, written: receiver, resolved: receiver, level: 'commune' }
}

const absentSeal = {
  verdict: 'INVALID',
  code: 'NOT_SIGNED',
  state: 'absent',
  rule: 'V12',
  checks: [],
  judgedAt: '2030-01-15T05:00:00Z',
  timeSource: 'receipt-time',
  ruleSet: 'test',
}
