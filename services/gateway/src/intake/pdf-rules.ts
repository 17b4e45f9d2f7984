import { join } from 'node:path'
import { type DocumentFile, isPdf, type PdfChecker } from '@docaxis/attachments'
import type { DecodedDocument } from '@docaxis/attachments/documents'
import type { Attachment } from '@docaxis/edxml'
import { type Finding, finding } from '@docaxis/errors'
import type { Clock, TrustSource } from '@docaxis/service'
import { type DecidedVerdict, decideByAttachment, type PolicyDecision } from '@docaxis/signature'
import type { AttachmentPolicy } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import { type AttachmentProof, attachmentPath, joinProofs } from './attachment-proof.ts'

export interface PdfDeps {
  readonly pdf: PdfChecker
  readonly trust: TrustSource
  readonly clock: Clock
  /** Under `before-accept` larger files are checked before delivery instead. */
  readonly beforeAcceptBytes: number
}

export interface PdfRuleQuestion {
  readonly caller: Pick<Caller, 'attachmentPolicy' | 'signaturePolicy'>
  readonly attachments: readonly Attachment[]
  readonly documents: readonly DecodedDocument[]
  readonly spoolFolder: string
  readonly at: Date
  /** Looked into whatever the policy is: somebody asks what would be found. */
  readonly checkAll: boolean
}

/**
 * What the sending system's policy asks of the signatures inside its PDFs: checked here and now, before delivery, or when
 * there is time. Each is a verdict of its own beside the seal's (V61).
 */
export async function checkPdfs(deps: PdfDeps, question: PdfRuleQuestion): Promise<AttachmentProof> {
  const proofs: AttachmentProof[] = []
  for (const [position, attachment] of question.attachments.entries()) {
    if (!isPdf(attachment)) continue
    const when = whenToCheck(question, attachment, deps.beforeAcceptBytes)
    proofs.push(
      when === 'before-accept'
        ? await checkNow(deps, question, attachment, position)
        : { findings: [], evidence: [], checks: [checkOf(attachment, position, when === 'before-deliver')] },
    )
  }
  return joinProofs(proofs)
}

function whenToCheck(
  { caller: { attachmentPolicy }, checkAll }: PdfRuleQuestion,
  { content }: Attachment,
  beforeAcceptBytes: number,
): AttachmentPolicy {
  const small = content.sizeBytes <= beforeAcceptBytes
  if (small && checkAll) return 'before-accept'
  return attachmentPolicy === 'before-accept' && !small ? 'before-deliver' : attachmentPolicy
}

async function checkNow(
  { pdf, trust, clock }: PdfDeps,
  { caller, documents, spoolFolder, at }: PdfRuleQuestion,
  attachment: Attachment,
  position: number,
): Promise<AttachmentProof> {
  const file = fileOf(documents, attachment, spoolFolder)
  const { verdict, evidence } = await pdf.check(file, { trust: await trust.current(), at, timeFault: clock.fault() })
  const path = attachmentPath(position)
  switch (decide(caller, verdict)) {
    case 'accept':
      return { findings: [], evidence, checks: [{ ...checkOf(attachment, position, false), verdict }] }
    case 'refuse':
      return { findings: [finding('CheckAttachment', { path }), reason(verdict, path)], evidence: [], checks: [] }
    case 'later':
      return { findings: [reason(verdict, path)], evidence: [], checks: [], unproven: 'ATTACHMENT_UNPROVEN' }
  }
}

function decide(
  { attachmentPolicy, signaturePolicy }: PdfRuleQuestion['caller'],
  verdict: DecidedVerdict,
): PolicyDecision {
  return attachmentPolicy === 'record' ? 'accept' : decideByAttachment(signaturePolicy, verdict)
}

function reason({ code, rule, detail }: DecidedVerdict & { rule?: string; detail?: string }, path: string): Finding {
  const details = { ...(rule !== undefined && { rule }), ...(detail !== undefined && { detail }) }
  return finding(code, { path, details })
}

function checkOf({ content: { sha256, sizeBytes } }: Attachment, position: number, holds: boolean) {
  return { position, kind: 'signatures', sha256, sizeBytes, holds } as const
}

function fileOf(documents: readonly DecodedDocument[], { content }: Attachment, spoolFolder: string): DocumentFile {
  const document = documents.find(({ sha256 }) => sha256 === content.sha256)
  if (!document) throw new Error(`attachment ${content.sha256} was not decoded`)
  return 'bytes' in document ? { bytes: document.bytes } : { path: join(spoolFolder, document.name) }
}
