import type { Attachment } from '@docaxis/edxml'
import type { AttachmentCheck } from '@docaxis/store'

export interface AttachmentView {
  readonly position: number
  /** Null where the person may not know what the document is about. */
  readonly name: string | null
  readonly contentType: string | null
  readonly sizeBytes: number
  readonly sha256: string
  /** Of the signatures inside; null: none looked at yet, or none to look at. */
  readonly verdict: string | null
  readonly code: string | null
  readonly signatures: number
  readonly malware: string | null
}

interface CheckVerdict {
  readonly verdict?: string
  readonly code?: string
  readonly result?: string
  readonly signatures?: readonly unknown[]
}

/** One for each attachment, with what its checks found. */
export function attachmentViews(
  attachments: readonly Attachment[],
  checks: readonly AttachmentCheck[],
  nameHidden: boolean,
): AttachmentView[] {
  return attachments.map(({ name, sniffedType, content }, position) => {
    const found = (kind: AttachmentCheck['kind']): CheckVerdict => {
      const check = checks.find(candidate => candidate.position === position && candidate.kind === kind)
      return (check?.verdict ?? {}) as CheckVerdict
    }
    const signatures = found('signatures')
    return {
      position,
      name: nameHidden ? null : name,
      contentType: sniffedType ?? null,
      sizeBytes: content.sizeBytes,
      sha256: content.sha256,
      verdict: signatures.verdict ?? null,
      code: signatures.code ?? null,
      signatures: signatures.signatures?.length ?? 0,
      malware: found('malware').result ?? null,
    }
  })
}
