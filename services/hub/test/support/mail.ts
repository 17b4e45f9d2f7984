import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { InboxItem } from '@docaxis/client'
import { eventually } from './eventually.ts'
import type { TestHub } from './test-hub.ts'

/** Waits until a document or status message stands in an agency's mailbox. */
export function mailFor(
  hub: TestHub,
  agency: string,
  documentId: string,
  kind: InboxItem['kind'] = 'document',
): Promise<InboxItem> {
  return eventually(`mail for ${agency}`, async () => {
    const items = await Array.fromAsync(hub.as(agency).inbox({ agency, kind }))
    return items.find(item => item.documentId === documentId)
  })
}

/** Fetches a delivery and gives its bytes; they agree with what the mailbox named. */
export async function fetchMail(hub: TestHub, agency: string, item: InboxItem): Promise<Buffer> {
  const file = hub.file(item.deliveryId)
  await hub.as(agency).fetchDelivery(item.deliveryId, file, { sha256: item.sha256 })
  return readFile(file)
}

export async function sha256Of(bytes: Blob | Buffer): Promise<string> {
  const buffer = bytes instanceof Blob ? Buffer.from(await bytes.arrayBuffer()) : bytes
  return createHash('sha256').update(buffer).digest('hex')
}
