import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { DocumentFile, DocumentFinder, MalwareScanner, PdfCheck, PdfChecker } from '@docaxis/attachments'
import type { TrustSource } from '@docaxis/service'
import { decideByAttachment, mayChange, type PolicyDecision } from '@docaxis/signature'
import type { CheckOutcome, DueCheck } from '@docaxis/store'

export interface CheckDeps {
  readonly documents: DocumentFinder
  readonly pdf: PdfChecker
  readonly trust: TrustSource
  /** Absent when no malware is looked for. */
  readonly scanner?: MalwareScanner
  readonly now: () => Date
}

/** `later`: another try may find more; `verdict` is what this one found. */
export type CheckResult =
  | { readonly is: 'settled'; readonly outcome: CheckOutcome }
  | { readonly is: 'later'; readonly verdict: unknown }

/** After so long the last verdict stands: whoever waits for the document has a right to know. */
const patienceMs = 72 * 3_600_000

/** Answers one question about one attachment. @throws Error that says nothing about the attachment */
export async function checkAttachment(deps: CheckDeps, check: DueCheck): Promise<CheckResult> {
  const file = await deps.documents.find(check)
  switch (check.kind) {
    case 'signatures':
      return judged(check, await deps.pdf.check(file, { trust: await deps.trust.current(), at: deps.now() }))
    case 'malware':
      return scanned(deps, check, file)
  }
}

function judged(check: DueCheck, { verdict, evidence }: PdfCheck): CheckResult {
  const impatient = check.ageMs > patienceMs
  const decision = decide(check, verdict)
  if (decision === 'later' && !impatient) return { is: 'later', verdict }
  const refused = check.holds && decision !== 'accept'
  const outcome = { verdict, word: verdict.verdict, code: verdict.code, evidence }
  return { is: 'settled', outcome: refused ? { ...outcome, refusal: refusalText(check, verdict.code) } : outcome }
}

/** Nobody waits for a check that is only recorded: it may try again for every verdict that may change. */
function decide({ holds, envelope }: DueCheck, verdict: PdfCheck['verdict']): PolicyDecision {
  if (holds) return decideByAttachment(envelope.signaturePolicy, verdict)
  return mayChange(verdict) ? 'later' : 'accept'
}

/** A code of packages/errors and where it was found: what the sender reads on the non-delivery receipt. */
export function refusalText({ position }: Pick<DueCheck, 'position'>, code: string): string {
  return `${code} (AttachmentEncoded/Attachment[${position + 1}])`
}

async function scanned({ scanner }: CheckDeps, check: DueCheck, file: DocumentFile): Promise<CheckResult> {
  if (!scanner) throw new Error('no scanner is configured')
  const verdict = await scanner.scan('bytes' in file ? Readable.from([file.bytes]) : createReadStream(file.path))
  if (verdict.result === 'unscanned' && check.ageMs <= patienceMs) return { is: 'later', verdict }
  const outcome = { verdict, word: verdict.result, code: verdict.result, evidence: [] }
  return { is: 'settled', outcome }
}
