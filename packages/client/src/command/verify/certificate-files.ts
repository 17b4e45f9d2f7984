import { readFile } from 'node:fs/promises'
import {
  type AlgorithmEnds,
  type Certificate,
  type Crl,
  DerError,
  type OcspResponse,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  readPem,
} from '@docaxis/pki'
import { algorithmEndsFile } from '@docaxis/service'
import type { Context } from '../context.ts'
import { UsageError } from '../exit-codes.ts'

/** Reads certificates, lists and responses, each file once: a batch names the same ones on every line. */
export interface CertificateFiles {
  /** @throws a file error, or DerError when anything in it is no certificate, or nothing is */
  readonly certificates: ReadFile<Certificate>
  /** Those that can be read; what cannot be read is as good as absent. @throws a file error */
  readonly readableCertificates: ReadFile<Certificate>
  /** @throws a file error, or DerError when anything in it is no list, or nothing is */
  readonly crls: ReadFile<Crl>
  readonly readableCrls: ReadFile<Crl>
  readonly readableOcsp: ReadFile<OcspResponse>
  /** As configured; absent: the project's own. */
  readonly algorithmEnds?: AlgorithmEnds
}

type ReadFile<T> = (file: string) => Promise<readonly T[]>

/** A batch may name a great many; the oldest are read again. */
const maxFiles = 1_000

/** @throws UsageError when the ends of algorithms are configured wrongly */
export function certificateFiles({ env }: Pick<Context, 'env'>): CertificateFiles {
  const algorithmEnds = algorithmEndsIn(env)
  return {
    ...(algorithmEnds && { algorithmEnds }),
    certificates: remembered(async file => strictly(await blocksOf(file, 'CERTIFICATE'), parseCertificate)),
    readableCertificates: remembered(async file => readableOf(await blocksOf(file, 'CERTIFICATE'), parseCertificate)),
    crls: remembered(async file => strictly(await blocksOf(file, 'X509 CRL'), parseCrl)),
    readableCrls: remembered(async file => readableOf(await blocksOf(file, 'X509 CRL'), parseCrl)),
    readableOcsp: remembered(async file => readableOf([await responseOf(file)], parseOcspResponse)),
  }
}

/** The same variable as the hub's, so that both judge alike (V21). */
function algorithmEndsIn(env: Context['env']): AlgorithmEnds | undefined {
  const file = env.DOCAXIS_ALGORITHM_ENDS_FILE
  if (!file) return undefined
  try {
    return algorithmEndsFile(file)
  } catch (error) {
    const why = `DOCAXIS_ALGORITHM_ENDS_FILE ${error instanceof Error ? error.message : ''}`
    throw new UsageError(why, `${why}: tệp thời hạn thuật toán không đọc được`)
  }
}

type Block = () => Buffer

/** DER, or PEM with one block or more. */
async function blocksOf(file: string, label: string): Promise<readonly Block[]> {
  const bytes = await readFile(file)
  if (!bytes.includes('-----BEGIN')) return [() => bytes]
  const blocks = bytes.toString('latin1').split(/(?<=-----END [^-]*-----)/)
  return blocks
    .filter(block => block.includes(`-----BEGIN ${label}-----`))
    .map(block => () => firstOf(readPem(block, label)))
}

function firstOf([first]: readonly Buffer[]): Buffer {
  if (!first) throw new DerError('a block without its end')
  return first
}

/** DER, or the Base64 of it. */
async function responseOf(file: string): Promise<Block> {
  const bytes = await readFile(file)
  const isDer = bytes[0] === 0x30
  return () => (isDer ? bytes : Buffer.from(bytes.toString('latin1').replace(/-----[^-]*-----/g, ''), 'base64'))
}

function strictly<T>(blocks: readonly Block[], parse: (der: Buffer) => T): readonly T[] {
  if (blocks.length === 0) throw new DerError('nothing of that kind is in the file')
  return blocks.map(block => parse(block()))
}

function readableOf<T>(blocks: readonly Block[], parse: (der: Buffer) => T): readonly T[] {
  return blocks.flatMap(block => {
    try {
      return [parse(block())]
    } catch (error) {
      if (error instanceof DerError) return []
      throw error
    }
  })
}

function remembered<T>(read: ReadFile<T>): ReadFile<T> {
  const known = new Map<string, Promise<readonly T[]>>()
  return file => {
    const answer = known.get(file) ?? read(file)
    known.delete(file)
    known.set(file, answer)
    for (const oldest of known.keys()) {
      if (known.size <= maxFiles) break
      known.delete(oldest)
    }
    return answer
  }
}
