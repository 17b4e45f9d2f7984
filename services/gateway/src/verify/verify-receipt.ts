import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import type { ReceiptVerdict } from '@docaxis/signature'
import { listHubCertificates, type ReceiptBackground, receiptBackground, receiptByHash } from '@docaxis/store'
import type { Gateway } from '../gateway.ts'

/** One of thousands of receivers has a megabyte or two. */
const maxReceiptBytes = 8 * 1024 * 1024

export interface ReceiptJudgement {
  /** SHA-256 of the signed bytes, lower-case hex. */
  readonly sha256: string
  readonly judgedAt: string
  readonly verdict: ReceiptVerdict
  /** Names, document and time stamp; present when the receipt stands in this hub's book. */
  readonly background?: ReceiptBackground
}

/** Judges a receipt that somebody received; nothing of it is kept. */
export async function judgeReceipt({ database, receipts, now }: Gateway, xml: Buffer): Promise<ReceiptJudgement> {
  const hubCertificates = (await listHubCertificates(database)).map(({ der }) => der)
  const verdict = await receipts.judge({ xml, hubCertificates })
  const sha256 = createHash('sha256').update(xml).digest('hex')
  const id = verdict.receipt?.id
  const isInBook = id !== undefined && (await receiptByHash(database, id, sha256)) !== undefined
  return {
    sha256,
    judgedAt: now().toISOString(),
    verdict,
    ...(isInBook && { background: await receiptBackground(database, id) }),
  }
}

/** @throws HubError `ENVELOPE_TOO_LARGE` past what a receipt can have */
export async function readReceiptFile(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxReceiptBytes) {
      throw new HubError('ENVELOPE_TOO_LARGE', `a receipt has at most ${maxReceiptBytes} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
