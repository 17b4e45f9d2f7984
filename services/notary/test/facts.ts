import { createHash, randomBytes } from 'node:crypto'
import { publication } from '@docaxis/events'
import {
  acknowledgeDeliveries,
  appendOutbox,
  createReceipt,
  type Database,
  deadlineSubject,
  failDeliveries,
  faultySubject,
  insertDeliveries,
  newHubId,
  releaseDeliveries,
  storeRefusal,
} from '@docaxis/store'
import { acceptDocument, addSystem } from '@docaxis/testkit'

const receiver = 'H99.32.05'
const who = { agencies: [receiver], systemId: 'g99' }

/** A delivery that waits in the mailbox. */
async function deliver(database: Database): Promise<string> {
  const documentId = await acceptDocument(database)
  const id = newHubId()
  const place = { receiver, receiverWritten: receiver, level: 'commune', priority: 0 } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ id, documentId, kind: 'document', ...place }])
    await releaseDeliveries(tx, [id])
  })
  return id
}

export async function acknowledge(database: Database): Promise<string> {
  const id = await deliver(database)
  await database.transaction(tx => acknowledgeDeliveries(tx, { ...who, ids: [id] }))
  return id
}

export async function failForGood(database: Database, reason: string): Promise<string> {
  const id = await deliver(database)
  await database.transaction(tx => failDeliveries(tx, { ...who, ids: [id], reason, maxAttempts: 1, backOffMs: 1 }))
  return id
}

/** A delivery whose receiver did not tell receipt in time, as the watcher leaves it behind. */
export async function missDeadline(database: Database): Promise<string> {
  const deliveryId = await deliver(database)
  const kind = 'acknowledge'
  await database.transaction(async tx => {
    const { rows } = await tx.query<{ document_id: string }>(
      `update deadline
          set state = 'missed', step = 2, calendar_revision = 1, hours = '07:30-17:00', clock = 'working',
              counted_from = '2030-01-15T00:30:00Z', due_at = '2030-01-15T10:00:00Z', unconfirmed_years = '{2030}',
              missed_at = '2030-01-15T10:00:02Z', missed_transport = 'fetched', missed_business = '13'
        where delivery_id = $1
       returning document_id`,
      [deliveryId],
    )
    const documentId = rows[0]?.document_id ?? ''
    const subjectId = deadlineSubject(deliveryId, kind)
    const who = { systemId: 'g99', agencyCode: 'G99' }
    await createReceipt(tx, { kind: 'missed-deadline', subjectId, ...who, documentId, deliveryId, deadlineKind: kind })
    const names = { key: deliveryId, id: `${subjectId}:missed`, subject: deliveryId }
    const parties = { deliveryId, document: documentId, sender: 'G99', receiver, tell: [receiver] }
    const data = { ...parties, kind, step: 'missed', dueAt: '2030-01-15T10:00:00Z', unconfirmedYears: [] } as const
    await appendOutbox(tx, [publication({ ...names, topic: 'docaxis.deadline.reached', time: new Date(), data })])
  })
  return deadlineSubject(deliveryId, kind)
}

/** A receiver to whom the router could make no delivery. */
export async function undeliverable(database: Database, written: string, reason: string) {
  const documentId = await acceptDocument(database, { receivers: [receiver, { written, fault: reason }] })
  const subject = faultySubject(documentId, written)
  await database.transaction(async tx => {
    const who = { systemId: 'g99', agencyCode: 'G99' }
    await createReceipt(tx, { kind: 'non-delivery', subjectId: subject, ...who, documentId, receiver: written, reason })
    const failedAt = new Date().toISOString()
    const data = { deliveryId: null, document: documentId, receiver: written, reason, failedAt }
    const names = { topic: 'docaxis.delivery.failed', key: written, id: `${subject}:failed`, subject } as const
    await appendOutbox(tx, [publication({ ...names, time: new Date(), data })])
  })
  return { subject, documentId }
}

/** An envelope that the gateway refused. */
export async function refuse(database: Database): Promise<{ refusalId: string; sha256: string }> {
  await addSystem(database, 'g99')
  const sha256 = createHash('sha256').update(randomBytes(32)).digest('hex')
  const refusalId = newHubId()
  const finding = {
    code: 'N.MessageHeader.Code',
    path: 'MessageHeader/Code',
    severity: 'error',
    vi: 'Thiếu số, ký hiệu văn bản',
    en: 'The document code is missing',
    hint: { vi: 'Bổ sung', en: 'Add it' },
  } as const
  await database.transaction(async tx => {
    const facts = { id: refusalId, systemId: 'g99', sha256, sizeBytes: 32, problem: 'ENVELOPE_REFUSED' } as const
    const { refusedAt } = await storeRefusal(tx, { ...facts, findings: [finding] })
    const receipt = { kind: 'refusal', subjectId: refusalId, systemId: 'g99', agencyCode: null, refusalId } as const
    await createReceipt(tx, receipt)
    const data = { refusalId, systemId: 'g99', sha256, codes: [finding.code], refusedAt: refusedAt.toISOString() }
    const names = {
      topic: 'docaxis.document.refused',
      key: 'g99',
      id: `${refusalId}:refused`,
      subject: refusalId,
    } as const
    await appendOutbox(tx, [publication({ ...names, time: refusedAt, data })])
  })
  return { refusalId, sha256 }
}
