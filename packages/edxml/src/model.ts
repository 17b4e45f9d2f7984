/**
 * An edXML packet in plain English names. The wire's spelling (`Bussiness`, `TyperNotation`, …) lives only in the
 * codec. Every value is NFC text, trimmed; an empty element is an absent value.
 */
export type Profile = 'legacy' | 'strict'
export type Dialect = 'D1' | 'D1n'

export interface Party {
  /** Directory code as written (`OrganId`), up to 35 characters. */
  readonly agencyCode: string
  readonly name?: string
  readonly inCharge?: string
  readonly address?: string
  readonly email?: string
  readonly telephone?: string
  readonly fax?: string
  readonly website?: string
}

export interface Staff {
  readonly department?: string
  readonly departmentId?: string
  readonly name?: string
  readonly staffId?: string
  readonly email?: string
  readonly mobile?: string
}

export interface ReplyLink {
  readonly agencyCode?: string
  /** One string, `267/VPCP-TTĐT`. */
  readonly code?: string
  /** `yyyy-mm-dd`. */
  readonly issuedOn?: string
  readonly documentId?: string
}

export interface Hop {
  readonly agencyCode?: string
  /** The writer's claim, RFC 3339 UTC. */
  readonly at?: string
}

export type DocumentAction = 'new' | 'revoke' | 'update' | 'replace'

export interface Replacement {
  readonly documentId: string
  /** Receivers for whom it is replaced; empty = all. */
  readonly agencyCodes: readonly string[]
}

export interface UpdateInfo {
  readonly documentChanges: boolean
  readonly receiversChange: boolean
  /** Shown, never acted on: which value adds and which removes is unknown. */
  readonly receivers: readonly { readonly agencyCode: string; readonly type?: string }[]
}

export interface Attachment {
  /** Without a leading `cid:`. */
  readonly contentId?: string
  /** Cleaned for display and download; never a path. */
  readonly name: string
  readonly description?: string
  /** Type of the document itself as declared in the manifest; a hint only. */
  readonly declaredType?: string
  /** Found by content: `application/pdf`, …; absent when unknown. */
  readonly sniffedType?: string
  /** The bytes inside ContentTransferEncoded. */
  readonly carried: { readonly sha256: string; readonly sizeBytes: number }
  /** The document itself: unwrapped from a one-entry ZIP, else equal to `carried`. */
  readonly content: { readonly sha256: string; readonly sizeBytes: number }
  readonly wrapped: boolean
}

export interface DocumentEnvelope {
  readonly kind: 'document'
  readonly dialect: Dialect
  readonly sender: Party
  readonly receivers: readonly Party[]
  readonly documentId: string
  readonly code?: { readonly number?: string; readonly notation?: string }
  readonly issuedAt?: string
  /** `yyyy-mm-dd`. */
  readonly issuedOn?: string
  readonly documentType?: { readonly type?: number; readonly typeDetail?: number; readonly name?: string }
  readonly subject?: string
  readonly content?: string
  readonly signer?: { readonly capacity?: string; readonly position?: string; readonly fullName?: string }
  /** `yyyy-mm-dd`. */
  readonly dueOn?: string
  readonly recipientLines: readonly string[]
  /** 0 normal … 4 most urgent (timed); 1–4 travel in the urgent lane. */
  readonly priority: 0 | 1 | 2 | 3 | 4
  readonly scope?: string
  readonly typist?: string
  readonly copies?: number
  readonly pages?: number
  readonly direction?: boolean
  readonly appendices: readonly string[]
  readonly repliesTo: readonly ReplyLink[]
  readonly steeringType?: number
  readonly taskCodes: readonly string[]
  readonly applicationType?: string
  readonly hops: readonly Hop[]
  readonly action: DocumentAction
  readonly reason?: string
  /** DocumentId of the earlier document acted on; for revoke and update without one, the packet's own. */
  readonly target?: string
  readonly paperFollows?: boolean
  readonly staff?: Staff
  readonly update?: UpdateInfo
  readonly replaces: readonly Replacement[]
  readonly attachments: readonly Attachment[]
}

export type StatusCode = '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16'

export interface StatusEnvelope {
  readonly kind: 'status'
  readonly dialect: Dialect
  /** Who reports. */
  readonly sender: Party
  /** The other side, who gets the message (`ResponseFor/OrganId`). */
  readonly receiverCode: string
  readonly documentId: string
  readonly code?: string
  /** `yyyy-mm-dd`. */
  readonly issuedOn?: string
  /** Two digits as read; codes outside `StatusCode` are carried under legacy and never applied. */
  readonly statusCode: string
  readonly reason?: string
  readonly staff?: Staff
  /** The reporter's clock, RFC 3339 UTC. */
  readonly reportedAt?: string
}

export type Envelope = DocumentEnvelope | StatusEnvelope
