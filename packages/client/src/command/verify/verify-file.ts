import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type DocumentQuestion, verifyPacket, verifySignedXml } from '@docaxis/signature'
import type { CertificateFiles } from './certificate-files.ts'
import { detectProfile } from './detect-profile.ts'
import type { FileVerdict, Profile, VerifyRequest } from './file-verdict.ts'
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
  return verifyAsked(request.file, request.profile, question)
}

export async function verifyAsked(
  file: string,
  named: Profile | undefined,
  question: DocumentQuestion,
): Promise<FileVerdict> {
  const profile = named ?? (await detectProfile(file))
  const verdict = profile === 'edxml' ? await verifyEdxml(file, question) : await verifyGeneric(file, question)
  return { file, profile, ...verdict }
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
    ...(crls && { crls: await Promise.all(crls.map(files.crl)) }),
  }
}

type Judged = Omit<FileVerdict, 'file' | 'profile'>

async function verifyGeneric(file: string, question: DocumentQuestion): Promise<Judged> {
  const pieces: Buffer[] = []
  let sizeBytes = 0
  // One byte more than is allowed, so that the reader says so.
  for await (const piece of createReadStream(file, { end: maxGenericBytes, highWaterMark: pieceBytes })) {
    pieces.push(piece)
    sizeBytes += piece.length
  }
  const bytes = Buffer.concat(pieces)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const isWhole = sizeBytes <= maxGenericBytes
  return { ...verifySignedXml(bytes, question), findings: [], ...(isWhole && { sha256 }) }
}

async function verifyEdxml(file: string, question: DocumentQuestion): Promise<Judged> {
  const reader = packetReader(question.at)
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
    hash.update(piece)
    reader.write(piece)
    if (reader.refused) break
  }
  const sha256 = reader.refused ? undefined : hash.digest('hex')
  const reading = reader.finish()
  const seal = verifyPacket(reading, question)
  const faults = reading.findings.filter(({ severity }) => severity === 'error')
  return { ...withFaults(seal, faults), ...(sha256 !== undefined && { sha256 }) }
}

/** A packet that is not built as edXML says is refused, whatever its signature says of the bytes. */
function withFaults(seal: ReturnType<typeof verifyPacket>, findings: FileVerdict['findings']): Judged {
  const [first] = findings
  if (!first) return { ...seal, findings }
  const codes = [...new Set([...seal.codes.filter(code => code !== 'OK'), ...findings.map(({ code }) => code)])]
  if (seal.verdict === 'INVALID') return { ...seal, codes, findings }
  return { ...seal, verdict: 'INVALID', code: first.code, codes, rule: 'edXML', detail: first.en, findings }
}
