import { createEnvelopeChecker, type EnvelopeReader, type EnvelopeReading } from '@docaxis/edxml'

/** Reads a packet piece by piece; `legacy` tells errors from what old writers do. */
export function packetReader(at: Date): EnvelopeReader<EnvelopeReading> {
  return createEnvelopeChecker({ profile: 'legacy', receivedAt: at })
}
