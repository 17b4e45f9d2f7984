import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DecodedDocument, openPdf, readPacket } from '@docaxis/attachments/documents'
import type { SignatureMaterial } from '@docaxis/edxml'
import type { VerdictWord } from '@docaxis/errors'
import { repeatPdf, repeatSeal } from '@docaxis/signature'
import type { EvidenceFolder } from './evidence-folder.ts'

/** One verdict of the hub, and the same question asked again. */
export interface RepeatedVerdict {
  /** `seal`, or the name of an attachment. */
  readonly of: string
  readonly first: { readonly verdict: VerdictWord; readonly code: string }
  readonly again: { readonly verdict: VerdictWord; readonly code: string }
  readonly equal: boolean
}

export interface RepeatedVerdicts {
  /** The envelope is the one that the verdicts are on. */
  readonly sameEnvelope: boolean
  readonly verdicts: readonly RepeatedVerdict[]
}

/** Judges once more what the hub judged, by the evidence in the folder alone: no network, no clock, no directory. */
export async function repeatVerdicts(folder: EvidenceFolder): Promise<RepeatedVerdicts> {
  const { verdicts, envelope } = folder
  const sha256 = createHash('sha256')
    .update(await readFile(envelope))
    .digest('hex')
  if (sha256 !== verdicts.document.sha256) return { sameEnvelope: false, verdicts: [] }

  const spoolFolder = await mkdtemp(join(tmpdir(), 'docaxis-evidence-'))
  try {
    const { reading, documents } = await readPacket({
      packet: { path: envelope },
      options: { profile: 'legacy', receivedAt: new Date(verdicts.document.acceptedAt) },
      spoolFolder,
      documents: 'all',
    })
    const seal = reading.signature ? [await sealAgain(folder, reading.signature)] : []
    return { sameEnvelope: true, verdicts: [...seal, ...(await attachmentsAgain(folder, documents, spoolFolder))] }
  } finally {
    await rm(spoolFolder, { recursive: true, force: true })
  }
}

async function sealAgain({ verdicts, pieces }: EvidenceFolder, material: SignatureMaterial): Promise<RepeatedVerdict> {
  const { seal: first, document } = verdicts
  const again = await repeatSeal({ material, senderCode: document.sender, first, evidence: pieces })
  return repeated('seal', first, again)
}

async function attachmentsAgain(
  { verdicts, pieces }: EvidenceFolder,
  documents: readonly DecodedDocument[],
  spoolFolder: string,
): Promise<RepeatedVerdict[]> {
  const again: RepeatedVerdict[] = []
  for (const { name, sha256, judged } of verdicts.attachments) {
    const document = documents.find(each => each.sha256 === sha256)
    if (!judged || !document) continue
    const first = judged as unknown as Parameters<typeof repeatPdf>[1] & RepeatedVerdict['first']
    await using pdf = await openPdf('bytes' in document ? document : { path: join(spoolFolder, document.name) })
    again.push(repeated(name, first, await repeatPdf(pdf.source, first, pieces)))
  }
  return again
}

function repeated(of: string, first: RepeatedVerdict['first'], again: RepeatedVerdict['again']): RepeatedVerdict {
  const facts = ({ verdict, code }: RepeatedVerdict['first']) => ({ verdict, code })
  return {
    of,
    first: facts(first),
    again: facts(again),
    equal: first.verdict === again.verdict && first.code === again.code,
  }
}
