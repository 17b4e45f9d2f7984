import type { DocumentAction, Party, Replacement, ReplyLink, Staff, StatusCode, UpdateInfo } from '../model.ts'

export interface AttachmentInput {
  /** File name for people, with its extension; at most 500 characters. */
  readonly name: string
  /** The document itself; the writer wraps it into a one-entry ZIP. */
  readonly content: Uint8Array
  /** Media type of the document itself, `application/pdf`. */
  readonly type?: string
  readonly description?: string
}

/** A document to write. Values are normalised to NFC and trimmed; empty ones are left out. */
export interface DocumentInput {
  readonly sender: Party
  /** At least one. */
  readonly receivers: readonly Party[]
  readonly documentId: string
  readonly code: { readonly number: string; readonly notation: string }
  readonly issuedAt?: string
  /** `yyyy-mm-dd`. */
  readonly issuedOn: string
  readonly documentType: { readonly type: number; readonly typeDetail?: number; readonly name: string }
  readonly subject: string
  readonly content?: string
  readonly signer?: { readonly capacity?: string; readonly position?: string; readonly fullName?: string }
  /** `yyyy-mm-dd`. */
  readonly dueOn?: string
  readonly priority?: 0 | 1 | 2 | 3 | 4
  readonly scope?: string
  readonly typist?: string
  readonly copies?: number
  readonly pages?: number
  readonly direction?: boolean
  readonly appendices?: readonly string[]
  readonly repliesTo?: readonly ReplyLink[]
  readonly steeringType?: number
  readonly recipientLines?: readonly string[]
  readonly taskCodes?: readonly string[]
  readonly applicationType?: string
  /** Time of the sender's own trace header. */
  readonly sentAt: Date
  /** `new` when left out, written without a `Bussiness` block unless a reason, target, paper flag or staff stands. */
  readonly action?: DocumentAction
  readonly reason?: string
  /** DocumentId of the earlier document acted on. */
  readonly target?: string
  readonly paperFollows?: boolean
  readonly staff?: Staff
  readonly update?: UpdateInfo
  readonly replaces?: readonly Replacement[]
  readonly attachments: readonly AttachmentInput[]
}

/** A status report to write. */
export interface StatusInput {
  /** Who reports. */
  readonly sender: Party
  /** The other side, who gets the message. */
  readonly receiverCode: string
  /** The document reported on. */
  readonly documentId: string
  /** Its number and notation in one string, `7816/VPCP-TTĐT`. */
  readonly code?: string
  /** Its date of issue, `yyyy-mm-dd`. */
  readonly issuedOn?: string
  readonly statusCode: StatusCode
  /** Needed for 02, 13 and 16. */
  readonly reason?: string
  readonly staff?: Staff
  readonly reportedAt: Date
}
