import { createHash } from 'node:crypto'
import { createReadStream, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { chunkBuffer } from '@docaxis/edxml'
import { type DocumentQuestion, verifyPacket, verifySignedXml } from '@docaxis/signature'
import type { CertificateFiles } from './certificate-files.ts'
import { detectProfile } from './detect-profile.ts'
import type { FileVerdict, VerifyRequest } from './file-verdict.ts'
import { packetReader } from './packet-reader.ts'

/** A document that is held in memory as a tree; packets stream and have the limits of the hub. */
const maxGenericBytes = 64 * 1024 * 1024
const pieceBytes = 1024 * 1024

/**
 * Judges one file by what stands in it and in the files named with it.
 *
 * @throws a file error when any of them cannot be read, DerError for a file that is no certificate or list
 */
export async function verifyFile(request: VerifyRequest, files: CertificateFiles): Promise<FileVerdict> {
  const question = await questionOf(request, files)
  const { file } = request
  const profile = request.profile ?? (await detectProfile(file))
  const judge = profile === 'edxml' ? verifyEdxml : verifyGeneric
  return { file, profile, ...(await judge(request, question)) }
}

async function questionOf(
  { certificates, anchors, crls, at }: VerifyRequest,
  files: CertificateFiles,
): Promise<DocumentQuestion> {
  const all = async (names: readonly string[]) => (await Promise.all(names.map(files.certificates))).flat()
  return {
    at,
    ...(certificates && { certificates: await all(certificates) }),
    ...(anchors && { anchors: await all(anchors) }),
    ...(crls && { crls: (await Promise.all(crls.map(files.crls))).flat() }),
    ...(files.algorithmEnds && { algorithmEnds: files.algorithmEnds }),
  }
}

type Judged = Omit<FileVerdict, 'file' | 'profile'>

async function verifyGeneric({ file, hashed }: VerifyRequest, question: DocumentQuestion): Promise<Judged> {
  const pieces: Buffer[] = []
  let sizeBytes = 0
  // One byte more than is allowed, so that the reader says so.
  for await (const piece of createReadStream(file, { end: maxGenericBytes, highWaterMark: pieceBytes })) {
    pieces.push(piece)
    sizeBytes += piece.length
  }
  const bytes = Buffer.concat(pieces)
  const isWhole = sizeBytes <= maxGenericBytes
  const sha256 = hashed && isWhole ? createHash('sha256').update(bytes).digest('hex') : undefined
  return { ...verifySignedXml(bytes, question), findings: [], ...(sha256 !== undefined && { sha256 }) }
}

async function verifyEdxml({ file, hashed }: VerifyRequest, question: DocumentQuestion): Promise<Judged> {
  const reader = packetReader(question.at)
  const hash = hashed ? createHash('sha256') : undefined
  await using handle = await open(file)
  for (let piece = nextPiece(handle); piece !== undefined && !reader.refused; piece = nextPiece(handle)) {
    hash?.update(piece)
    reader.write(piece)
  }
  const sha256 = reader.refused ? undefined : hash?.digest('hex')
  const reading = reader.finish()
  const seal = verifyPacket(reading, question)
  const faults = reading.findings.filter(({ severity }) => severity === 'error')
  return { ...withFaults(seal, faults), ...(sha256 !== undefined && { sha256 }) }
}

/**
 * What comes next of the file, in the buffer that is used again and again; undefined at its end. Waits for the disk: with
 * another file read meanwhile, one would overwrite the other.
 */
function nextPiece({ fd }: FileHandle): Buffer | undefined {
  const count = readSync(fd, chunkBuffer, 0, chunkBuffer.length, null)
  return count === 0 ? undefined : chunkBuffer.subarray(0, count)
}

/** A packet that is not built as edXML says is refused, whatever its signature says of the bytes. */
function withFaults(seal: ReturnType<typeof verifyPacket>, findings: FileVerdict['findings']): Judged {
  const [first] = findings
  if (!first) return { ...seal, findings }
  const codes = [...new Set([...seal.codes.filter(code => code !== 'OK'), ...findings.map(({ code }) => code)])]
  if (seal.verdict === 'INVALID') return { ...seal, codes, findings }
  return { ...seal, verdict: 'INVALID', code: first.code, codes, rule: 'edXML', detail: first.en, findings }
}
