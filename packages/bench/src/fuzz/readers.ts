import {
  createEnvelopeChecker,
  createEnvelopeReader,
  type DigestAlgorithm,
  type EnvelopeReader,
  type EnvelopeReading,
  type FileSpool,
  readEnvelope,
  type SignatureMaterial,
} from '@docaxis/edxml'
import { judgedAt } from '../signing-bench.ts'

const options = { profile: 'legacy', receivedAt: judgedAt } as const

export function readWhole(bytes: Uint8Array): EnvelopeReading {
  return readEnvelope(bytes, options)
}

/**
 * The same bytes in pieces, by the reader that keeps nothing.
 *
 * @param cuts where one chunk ends and the next begins, ascending
 */
export function checkInChunks(bytes: Uint8Array, cuts: readonly number[]): EnvelopeReading {
  return feed(createEnvelopeChecker(options), bytes, cuts)
}

/** The same bytes in pieces, by the reader that describes every attachment. */
export async function readInChunks(bytes: Uint8Array, cuts: readonly number[]): Promise<EnvelopeReading> {
  return (await feed(createEnvelopeReader(options, noSpool), bytes, cuts)).reading
}

const noSpool: FileSpool = {
  create() {
    throw new Error('no file of a small document is spooled')
  },
}

/** Each piece is overwritten once it was handed over. */
function feed<Result>(reader: EnvelopeReader<Result>, bytes: Uint8Array, cuts: readonly number[]): Result {
  const ends = [...cuts, bytes.length]
  ends.forEach((end, index) => {
    const chunk = Buffer.from(bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
    reader.write(chunk)
    chunk.fill(0x3c)
  })
  return reader.finish()
}

/** All that a reading says, as one text: two readings that agree have the same. */
export function fingerprint(reading: EnvelopeReading): string {
  const { findings, envelope, sameness, stateSecret } = reading
  return JSON.stringify({ told: findings.map(plain), stateSecret, signature: signatureOf(reading), sameness, envelope })
}

/** What the reader that keeps files and the one that only checks them must agree on. */
export function common(reading: EnvelopeReading): string {
  const told = reading.findings.filter(({ code }) => !/AttachmentEncoded|edXMLManifest/.test(code)).map(plain)
  const envelope = reading.envelope && { ...reading.envelope, attachments: [] }
  return JSON.stringify({ told, stateSecret: reading.stateSecret, signature: signatureOf(reading), envelope })
}

/** What a reading says beyond places and spelling: equal for a document and for its canonical form. */
export function meaning(reading: EnvelopeReading): string {
  const { findings, envelope, sameness, stateSecret } = reading
  const told = findings
    .map(({ code, severity }) => `${severity} ${code}`)
    .filter(text => !text.endsWith('.ByteOrderMark'))
  const { hasComments: _, ...signature } = signatureOf(reading) ?? { hasComments: false }
  return JSON.stringify({ told, stateSecret, signature, sameness, envelope })
}

/** Those that the reading can give: where files streamed past, only what SignedInfo asks for. */
export function digestsOf(signature: SignatureMaterial): ReadonlyMap<DigestAlgorithm, Buffer> {
  const digests = new Map<DigestAlgorithm, Buffer>()
  for (const name of ['sha256', 'sha384', 'sha512'] as const) {
    try {
      digests.set(name, signature.digest(name))
    } catch {}
  }
  return digests
}

function signatureOf({ signature }: EnvelopeReading) {
  if (signature === undefined) return undefined
  const { count, legacyBlock, place, hasComments, duplicateIds } = signature
  return {
    count,
    legacyBlock,
    place,
    hasComments,
    duplicateIds,
    element: signature.element.toString('latin1'),
    signedInfo: signature.signedInfo.toString('latin1'),
    digests: [...digestsOf(signature)].map(([name, digest]) => `${name} ${digest.toString('hex')}`),
  }
}

function plain({ code, path, severity, details }: EnvelopeReading['findings'][number]) {
  return { code, path, severity, details }
}
