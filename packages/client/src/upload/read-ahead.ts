import { createHash } from 'node:crypto'
import { createEnvelopeChecker } from '@docaxis/edxml'

/** What is known of a file before it is sent. */
export interface ReadAhead {
  readonly sha256: string
  /** Codes as written; none where the file cannot be read: the hub will say why. */
  readonly receivers: readonly string[]
}

/** Reads a file once, in constant memory. */
export async function readAhead(blob: Blob): Promise<ReadAhead> {
  const hash = createHash('sha256')
  const limits = { maxEnvelopeBytes: blob.size }
  const checker = createEnvelopeChecker({ profile: 'legacy', receivedAt: new Date(), limits })
  for await (const chunk of blob.stream()) {
    hash.update(chunk)
    if (!checker.refused) checker.write(chunk)
  }
  const { envelope } = checker.finish()
  const receivers = envelope?.kind === 'document' ? envelope.receivers : []
  return { sha256: hash.digest('hex'), receivers: receivers.map(({ agencyCode }) => agencyCode) }
}
