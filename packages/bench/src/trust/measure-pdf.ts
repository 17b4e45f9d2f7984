import { spawnSync } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '@docaxis/pki/authority'
import { verifyPdf } from '@docaxis/signature'
import { testPdf } from '@docaxis/testkit'
import { median } from '../statistics.ts'
import { judgedAt } from './chain.ts'

export interface PdfResult {
  readonly megabytes: number
  /** Medians of the rounds, milliseconds a file: integrity alone, read from disk, by either. */
  readonly ms: { readonly ours: number; readonly pdfsig: number }
  /** Median of the ratios of each round; above 1 we are faster. */
  readonly ratio: number
}

const rounds = 5
/** A hub runs for weeks, and its code is warm. */
const warmUps = 25

/** One signature over PDFs of several sizes, against pdfsig, whose process start is subtracted. */
export async function measurePdf(sizes: readonly number[] = [0.01, 1, 50]): Promise<PdfResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-pdf-'))
  try {
    const signer = await signerOf()
    const results: PdfResult[] = []
    for (const megabytes of sizes) {
      const file = join(folder, 'signed.pdf')
      await writeFile(file, testPdf({ signer, ballast: Math.round(megabytes * 1e6) }))
      results.push(await measure(megabytes, file))
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function signerOf() {
  const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') }
  const authority = await createAuthority({ name: 'docaxis bench CA', keyType: 'rsa', ...validity })
  return authority.issueIdentity({
    subject: { commonName: 'Trần Văn A' },
    keyType: 'rsa',
    keyUsage: ['digitalSignature'],
    ...validity,
  })
}

async function measure(megabytes: number, file: string): Promise<PdfResult> {
  for (let run = 0; run < warmUps; run += 1) await verified(file)
  const measured: { ours: number; pdfsig: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    await verified(file)
    measured.push({ ours: performance.now() - started, pdfsig: pdfsigMs([file]) - pdfsigMs(['-v']) })
  }
  return {
    megabytes,
    ms: { ours: median(measured.map(({ ours }) => ours)), pdfsig: median(measured.map(({ pdfsig }) => pdfsig)) },
    ratio: median(measured.map(({ ours, pdfsig }) => pdfsig / ours)),
  }
}

async function verified(file: string): Promise<void> {
  await using handle = await open(file)
  const { size } = await handle.stat()
  const read = async (offset: number, length: number) => {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
  const { verdict, code } = await verifyPdf({ size, read }, { at: judgedAt, profile: 'generic' })
  if (verdict !== 'VALID') throw new Error(`the PDF is refused: ${code}`)
}

function pdfsigMs(args: readonly string[]): number {
  const started = performance.now()
  const { error } = spawnSync('pdfsig', ['-nocert', ...args])
  if (error) throw new Error('pdfsig is missing: apt-get install poppler-utils', { cause: error })
  return performance.now() - started
}
