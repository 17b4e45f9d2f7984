import { createHash, randomBytes } from 'node:crypto'
import { publication } from '@docaxis/events'
import {
  acknowledgeDeliveries,
  appendOutbox,
  createReceipt,
  type Database,
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
