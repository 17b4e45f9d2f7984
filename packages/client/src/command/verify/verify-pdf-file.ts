import { openPdf } from '@docaxis/attachments/documents'
import { createTrust, type Trust } from '@docaxis/pki'
import { type PdfProfile, type PdfVerdict, verifyPdf } from '@docaxis/signature'
import type { CertificateFiles } from './certificate-files.ts'

/** What is asked about one PDF; names are paths as they can be opened. */
export interface PdfRequest {
  readonly file: string
  readonly profile: PdfProfile
  /** Absent: integrity alone. */
  readonly anchors?: readonly string[]
  readonly crls?: readonly string[]
  readonly ocsp?: readonly string[]
  readonly at: Date
}

/** The verdict on one PDF, and the file it stands in. Plain JSON. */
export interface PdfFileVerdict extends PdfVerdict {
  readonly file: string
}

/** @throws a file error when any file cannot be read, DerError for one that is no certificate or list */
export async function verifyPdfFile(request: PdfRequest, files: CertificateFiles): Promise<PdfFileVerdict> {
  const { file, profile, at } = request
  const trust = await trustOf(request, files)
  await using pdf = await openPdf({ path: file })
  return { file, ...(await verifyPdf(pdf.source, { at, profile, ...(trust && { trust }) })) }
}

async function trustOf(
  { anchors, crls = [], ocsp = [] }: PdfRequest,
  files: CertificateFiles,
): Promise<Trust | undefined> {
  if (!anchors) return undefined
  const all = async <T>(read: (name: string) => Promise<readonly T[]>, names: readonly string[]) =>
    (await Promise.all(names.map(read))).flat()
  return createTrust({
    anchors: await all(files.certificates, anchors),
    crls: await all(files.crls, crls),
    ocsp: await all(files.readableOcsp, ocsp),
    ...(files.algorithmEnds && { algorithmEnds: files.algorithmEnds }),
  })
}
