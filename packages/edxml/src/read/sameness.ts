import { hash } from 'node:crypto'
import type { Envelope } from '../model.ts'
import type { EnvelopeReading } from '../reading.ts'

/** Digests that tell a rebuilt file from another document (edXML 9.1, Repeats). */
export function samenessOf(envelope: Envelope): EnvelopeReading['sameness'] {
  const { dialect: _dialect, ...header } = envelope
  if (header.kind === 'status') {
    const digest = digestOf(header)
    return { headerDigest: digest, attachmentsDigest: digestOf([]) }
  }
  const { attachments, hops, receivers, ...rest } = header
  const withoutTimes = { ...rest, hops: hops.map(({ agencyCode }) => agencyCode ?? null), receivers }
  return {
    headerDigest: digestOf(withoutTimes),
    attachmentsDigest: digestOf(attachments.map(({ content }) => content.sha256)),
  }
}

/** The model is built in one order of keys, so equal values give equal text. */
function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value))
}
