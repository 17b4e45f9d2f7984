import type { MalwareVerdict } from '@docaxis/attachments'
import type { Attachment } from '@docaxis/edxml'
import type { AttachmentCheck, NewAttachmentCheck } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { iso } from './document-answers.ts'
import { nullableText, nullableTime, sha256 } from './schemas.ts'

const checkState = Type.Union([Type.Literal('none'), Type.Literal('waiting'), Type.Literal('done')], {
  description: '`none`: nothing is asked; `waiting`: a verdict beside it is that of the last try',
})

export const attachmentAnswer = Type.Object({
  position: Type.Integer({ description: 'Place in the envelope, from 0' }),
  name: Type.String(),
  contentType: Type.Union([Type.String(), Type.Null()], { description: 'Found by content; null when unknown' }),
  sizeBytes: Type.Integer(),
  sha256,
  state: checkState,
  checkedAt: nullableTime,
  verdict: nullableText,
  code: nullableText,
  detail: nullableText,
  signatures: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
    description: 'A verdict for each signature inside the file, in order (separate from that of the seal)',
  }),
  malware: Type.Object({ state: checkState, result: nullableText, detail: nullableText }),
})

type Check = Pick<AttachmentCheck, 'position' | 'kind' | 'state' | 'verdict' | 'doneAt'>

/** One entry per attachment of the envelope, with what its checks found. */
export function attachmentBodies(
  attachments: readonly Attachment[],
  checks: readonly Check[],
): Static<typeof attachmentAnswer>[] {
  return attachments.map(({ name, sniffedType, declaredType, content }, position) => {
    const checkOf = (kind: Check['kind']) => checks.find(check => check.position === position && check.kind === kind)
    return {
      position,
      name,
      contentType: sniffedType ?? declaredType ?? null,
      sizeBytes: content.sizeBytes,
      sha256: content.sha256,
      ...signaturesBody(checkOf('signatures')),
      malware: malwareBody(checkOf('malware')),
    }
  })
}

/** Those of an envelope as it is stored; a status message has none. */
export function attachmentsIn(envelope: unknown): readonly Attachment[] {
  return (envelope as { readonly attachments?: readonly Attachment[] }).attachments ?? []
}

/** As much of the stored verdict as has a place of its own in the answer. */
interface PdfVerdictLike {
  readonly verdict: string
  readonly code: string
  readonly detail?: string
  readonly signatures?: readonly Record<string, unknown>[]
}

function signaturesBody(check: Check | undefined) {
  const verdict = check?.verdict as PdfVerdictLike | null | undefined
  return {
    state: check?.state ?? ('none' as const),
    checkedAt: iso(check?.doneAt),
    verdict: verdict?.verdict ?? null,
    code: verdict?.code ?? null,
    detail: verdict?.detail ?? null,
    signatures: [...(verdict?.signatures ?? [])],
  }
}

function malwareBody(check: Check | undefined) {
  const verdict = check?.verdict as MalwareVerdict | null | undefined
  return { state: check?.state ?? ('none' as const), result: verdict?.result ?? null, detail: verdict?.detail ?? null }
}

/** Checks of a packet that is only validated: none is stored, what was found stands beside each. */
export function foundChecks(checks: readonly NewAttachmentCheck[]): Check[] {
  return checks.map(({ position, kind, verdict = null }) => ({
    position,
    kind,
    verdict,
    state: verdict === null ? 'waiting' : 'done',
    doneAt: null,
  }))
}
