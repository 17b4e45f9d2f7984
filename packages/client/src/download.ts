import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { ApiProblem, HubUnreachable, TransferDamaged } from './api-problem.ts'
import type { Transport } from './transport.ts'

export interface FetchOptions {
  /** What the mailbox named; the file is kept only when it agrees. */
  readonly sha256?: string
  readonly signal?: AbortSignal
  /** Told of the bytes on disk so far, and of the whole size once known. */
  readonly onProgress?: (doneBytes: number, totalBytes: number | undefined) => void
  /** Connections that may break within one download; 5 unless told. */
  readonly maxResumes?: number
}

/** Bytes that are on disk, whole. */
export interface Downloaded {
  readonly file: string
  readonly sha256: string
  readonly sizeBytes: number
}

export interface FetchedDelivery extends Downloaded {
  readonly deliveryId: string
}

/** What is downloaded: an address below `/api/v1`, and how people call it. */
export interface DownloadSource {
  readonly path: string
  readonly name: string
}

/** The wanted range starts behind the last byte: nothing is missing (RFC 9110 section 15.5.17). */
const nothingMissing = 416

/** A download in hand: what is on disk and its running hash. */
interface Download {
  readonly part: FileHandle
  readonly hash: Hash
  doneBytes: number
  totalBytes: number | undefined
}

/**
 * Writes one envelope to `file`, byte for byte as its sender sent it.
 *
 * Bytes go to `<file>.part`; a broken connection, or a later call, goes on where it ended (RFC 9110 section 14). The
 * file gets its name only when it is whole, agrees with Content-Digest (RFC 9530) and with `sha256`, and is on disk.
 *
 * @throws TransferDamaged when the digests differ; the partial file is removed
 */
export async function downloadEnvelope(
  transport: Transport,
  source: DownloadSource,
  file: string,
  options: FetchOptions = {},
): Promise<Downloaded> {
  const partFile = `${file}.part`
  const download = await openPart(partFile)
  try {
    await downloadAll(transport, source, download, options)
    const sha256 = download.hash.digest('hex')
    if (options.sha256 !== undefined && sha256 !== options.sha256) {
      throw new TransferDamaged(`${source.name} has SHA-256 ${sha256}, expected was ${options.sha256}`)
    }
    await download.part.sync()
    await download.part.close()
    await rename(partFile, file)
    return { file, sha256, sizeBytes: download.doneBytes }
  } catch (error) {
    await download.part.close().catch(() => undefined)
    if (error instanceof TransferDamaged) await rm(partFile, { force: true })
    throw error
  }
}

async function openPart(partFile: string): Promise<Download> {
  const part = await open(partFile, 'a+')
  const hash = createHash('sha256')
  let doneBytes = 0
  for await (const chunk of createReadStream(partFile)) {
    hash.update(chunk)
    doneBytes += chunk.length
  }
  return { part, hash, doneBytes, totalBytes: undefined }
}

async function downloadAll(
  transport: Transport,
  source: DownloadSource,
  download: Download,
  options: FetchOptions,
): Promise<void> {
  const maxResumes = options.maxResumes ?? 5
  for (let resumes = 0; ; resumes += 1) {
    try {
      await downloadRest(transport, source, download, options)
      return
    } catch (error) {
      if (error instanceof ApiProblem && error.status === nothingMissing) return requireProof(source, options)
      const broken = error instanceof TypeError && !options.signal?.aborted
      if (!broken) throw error
      if (resumes >= maxResumes) throw new HubUnreachable(source.name, error)
    }
  }
}

/** An earlier run had every byte and ended before it could say so. */
function requireProof({ name }: DownloadSource, { sha256 }: FetchOptions): void {
  if (sha256 !== undefined) return
  throw new TransferDamaged(`what an earlier run left of ${name} cannot be proved whole; fetch it again`)
}

async function downloadRest(
  transport: Transport,
  source: DownloadSource,
  download: Download,
  options: FetchOptions,
): Promise<void> {
  const from = download.doneBytes
  const response = await transport.send({
    path: source.path,
    headers: from === 0 ? {} : { range: `bytes=${from}-` },
    ...(options.signal ? { signal: options.signal } : {}),
  })
  if (from > 0 && response.status !== 206) {
    throw new TransferDamaged(`${source.name} cannot be resumed at byte ${from}; fetch it again`)
  }
  download.totalBytes = totalOf(response, from)
  const answerHash = createHash('sha256')
  for await (const chunk of response.body ?? []) {
    await download.part.appendFile(chunk)
    download.hash.update(chunk)
    answerHash.update(chunk)
    download.doneBytes += chunk.length
    options.onProgress?.(download.doneBytes, download.totalBytes)
  }
  requireDigest(source, response, answerHash)
}

function totalOf(response: Response, from: number): number | undefined {
  const length = response.headers.get('content-length')
  return length === null ? undefined : from + Number(length)
}

/** Content-Digest covers the content of this answer, a range included (RFC 9530 section 2). */
function requireDigest({ name }: DownloadSource, response: Response, hash: Hash): void {
  const sent = /sha-256=:([A-Za-z0-9+/=]+):/.exec(response.headers.get('content-digest') ?? '')?.[1]
  const found = hash.digest('base64')
  if (sent !== undefined && sent !== found) {
    throw new TransferDamaged(`${name} arrived with digest ${found}, the hub sent ${sent}`)
  }
}
