import { createHash, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDiskSpool } from '@docaxis/attachments/documents'
import { createEnvelopeChecker, createEnvelopeReader, type EnvelopeReading } from '@docaxis/edxml'
import { judgedAt, type SigningBench, verdictOn } from '../signing-bench.ts'
import { pour, type Source } from './source.ts'

/** Something done to one envelope, to be timed. */
export type Way = (source: Source) => Promise<void>

/** What our code does with an envelope, and the least that anybody has to do with one. */
export interface Ways {
  /** Structure, rules, signature, path and revocation; encoded files are checked to be Base64 and not decoded. */
  readonly proof: Way
  /** The same, and encoded files are decoded, hashed and stored, and the bytes as received are hashed. */
  readonly intake: Way
  /** SHA-256 of the same bytes and one RSA verification: the bare limit. */
  readonly bare: Way
}

export type WayName = keyof Ways

/** Raised, so that a file of any size can be measured. */
const limits = { maxEnvelopeBytes: 2 ** 40, maxFileBytes: 2 ** 40, maxUnwrappedBytes: 2 ** 40 }
const options = { profile: 'strict', receivedAt: judgedAt, limits } as const

/** @param folder where decoded files go, for as long as one envelope takes */
export function waysOf(bench: SigningBench, folder: string): Ways {
  return {
    proof: async source => {
      const checker = createEnvelopeChecker(options)
      pour(source, bytes => checker.write(bytes))
      await mustBeValid(checker.finish(), bench)
    },
    intake: source => takeIn(source, bench, folder),
    bare: source => bareLimit(source, bench),
  }
}

async function takeIn(source: Source, bench: SigningBench, folder: string): Promise<void> {
  const own = mkdtempSync(join(folder, 'intake-'))
  const spool = openDiskSpool(own)
  try {
    const raw = createHash('sha256')
    const reader = createEnvelopeReader(options, spool)
    pour(source, bytes => {
      raw.update(bytes)
      reader.write(bytes)
    })
    raw.digest()
    const { reading } = await reader.finish()
    await mustBeValid(reading, bench)
  } finally {
    spool.close(new Set())
    rmSync(own, { recursive: true })
  }
}

async function mustBeValid(reading: EnvelopeReading, bench: SigningBench): Promise<void> {
  const verdict = await verdictOn(reading, bench)
  const error = reading.findings.find(({ severity }) => severity === 'error')
  if (verdict?.verdict === 'VALID' && error === undefined) return
  throw new Error(`the envelope is refused: ${verdict?.code} ${error?.code} ${JSON.stringify(error?.details)}`)
}

/** The signature need not fit: to find that out costs the same. */
function bareLimit(source: Source, { seals }: SigningBench): Promise<void> {
  const hash = createHash('sha256')
  pour(source, bytes => hash.update(bytes))
  verify('sha256', hash.digest(), seals.rsa.certificate.publicKey, Buffer.alloc(256, 1))
  return Promise.resolve()
}
