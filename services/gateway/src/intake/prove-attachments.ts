import type { DecodedDocument } from '@docaxis/attachments/documents'
import type { Caller } from '../caller.ts'
import { joinProofs, nothingAsked } from './attachment-proof.ts'
import { checkMalware, type MalwareDeps } from './malware-rules.ts'
import { checkPdfs, type PdfDeps } from './pdf-rules.ts'
import type { Proof } from './proof.ts'
import { refusalOf } from './refusal-of.ts'

export interface AttachmentDeps extends PdfDeps {
  readonly malware: MalwareDeps
}

/** Whether somebody will look into small documents, too, before the packet is accepted. */
export function looksInside({ malware }: Pick<AttachmentDeps, 'malware'>, caller: Caller, checkAll: boolean): boolean {
  return checkAll || malware.mode === 'refuse' || caller.attachmentPolicy === 'before-accept'
}

export interface AttachmentQuestion {
  readonly documents: readonly DecodedDocument[]
  readonly spoolFolder: string
  readonly at: Date
  readonly checkAll: boolean
}

/** Adds to a proof what its attachments hold. A packet that is refused anyway is looked into no further. */
export async function proveAttachments(
  deps: AttachmentDeps,
  caller: Caller,
  proof: Proof,
  question: AttachmentQuestion,
): Promise<Proof> {
  const { envelope } = proof
  if (envelope?.kind !== 'document' || envelope.attachments.length === 0 || refusalOf(proof)) return proof
  const { attachments } = envelope
  const malware = await checkMalware(deps.malware, attachments, question.documents, question.spoolFolder)
  const pdfs = malware.findings.length > 0 ? nothingAsked : await checkPdfs(deps, { ...question, caller, attachments })
  const found = joinProofs([malware, pdfs])
  return { ...proof, findings: [...proof.findings, ...found.findings], attachments: found }
}
