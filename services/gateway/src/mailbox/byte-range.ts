import { HubError } from '@docaxis/errors'

/** First and last byte, both inclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Reads a Range header (RFC 9110 section 14): one range of bytes. Several ranges, another unit and text of another form
 * are ignored, as the RFC allows: the whole is sent.
 *
 * @throws HubError `RANGE_NOT_SATISFIABLE`: the range begins behind the end
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return undefined

  const range = first === '' ? suffix(Number(last), sizeBytes) : between(Number(first), last, sizeBytes)
  if (range === 'malformed') return undefined
  if (range.start >= sizeBytes || range.start > range.end) {
    throw new HubError('RANGE_NOT_SATISFIABLE', `the envelope has ${sizeBytes} bytes`, { details: { sizeBytes } })
  }
  return range
}

function suffix(length: number, sizeBytes: number): ByteRange {
  return length === 0
    ? { start: sizeBytes, end: sizeBytes }
    : { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 }
}

function between(start: number, last: string, sizeBytes: number): ByteRange | 'malformed' {
  const end = last === '' ? sizeBytes - 1 : Number(last)
  if (last !== '' && end < start) return 'malformed'
  return { start, end: Math.min(end, sizeBytes - 1) }
}
