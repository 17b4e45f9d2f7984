import type { Staff, StatusCode } from '@docaxis/edxml'
import type { Finding, VerdictWord } from '@docaxis/errors'
import type { EvidenceKind, SealVerdict } from '@docaxis/signature'
import type { Change, DocumentLinks, EffectOutcome } from './life-answers.ts'

// What the HTTP API answers. Times are RFC 3339 UTC, SHA-256 values 64 lower-case hex digits, sizes bytes.

export type Level = 'central' | 'province' | 'district' | 'commune'

export type ReceiptKind = 'acceptance' | 'refusal' | 'delivery' | 'non-delivery' | 'missed-deadline'

export type TransportState =
  | 'accepted'
  | 'held'
  | 'routed'
  | 'available'
  | 'fetched'
  | 'acknowledged'
  | 'failed'
  | 'withdrawn'
  | 'expired'

export interface Acceptance {
  /** The hub's id of the document. */
  readonly id: string
  /** The sender's DocumentId. */
  readonly documentId: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly acceptedAt: string
  readonly verdict: SealVerdict
  /** Absent for status messages, which beget no receipts. */
  readonly receiptUrl?: string
  readonly warnings: readonly Finding[]
  /** What it came to for earlier documents; absent for most packets. */
  readonly effects?: readonly EffectOutcome[]
}

/** What sending would give, without sending. */
export interface Validation {
  readonly ok: boolean
  readonly errors: readonly Finding[]
  readonly warnings: readonly Finding[]
  readonly verdict?: SealVerdict
  readonly documentId?: string
  readonly sha256?: string
  readonly attachments?: readonly AttachmentView[]
}

export interface BusinessReport {
  readonly code: string
  /** What the code was taken for, where one client's habit differs (edXML 9). */
  readonly readAs?: string | null
  readonly reporter: string
  readonly reason?: string | null
  readonly staff?: Staff | null
  /** The reporter's clock; a claim. */
  readonly reportedAt?: string | null
  readonly receivedAt: string
  readonly flagged?: boolean
}

/** What a receiver owes by when, as it stands. */
export interface Deadline {
  readonly kind: 'fetch' | 'acknowledge' | 'finish'
  readonly state: 'open' | 'late' | 'met' | 'met-late' | 'void'
  readonly late: boolean
  /** By how much, by the clock on the wall and by working hours; null while it is not late. */
  readonly lateMinutes: number | null
  readonly lateWorkingMinutes: number | null
  readonly why: { readonly vi: string; readonly en: string }
  readonly clock: 'working' | 'round'
  readonly arrivedAt: string
  /** What came after hours counts from the next working session. */
  readonly countedFrom: string
  readonly dueAt: string
  readonly dueOn: string | null
  readonly metAt: string | null
  readonly workingHours: string
  /** Years that it rests on whose public holidays nobody vouches for. */
  readonly unconfirmedYears: readonly number[]
}

/** A deadline with what it is about. */
export interface OwedDeadline extends Deadline {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly id: string
  readonly documentId: string
  /** Null for operators. */
  readonly subject: string | null
  readonly sender: string
  readonly receiver: string
  readonly priority: number
  readonly transport: TransportState
  readonly business: string | null
}

export interface DeliveryTrack {
  /** Null until routed, and where nothing can be delivered. */
  readonly id: string | null
  readonly receiver: string
  /** The code as the sender wrote it: another form, or a closed one that is forwarded. */
  readonly receiverWritten: string
  readonly name: string | null
  readonly level: Level | null
  readonly transport: TransportState
  /** Why nothing can be delivered there: a path code. */
  readonly fault: string | null
  readonly attempts: number
  /** Furthest business state reached. */
  readonly business: string | null
  readonly businessAt: string | null
  readonly change: Change | null
  /** The hub's id of the newest document that replaces it for this receiver. */
  readonly replacedBy: string | null
  /** Every report, oldest first. */
  readonly history: readonly BusinessReport[]
  readonly routedAt: string | null
  readonly availableAt: string | null
  readonly fetchedAt: string | null
  readonly closedAt: string | null
  readonly reason: string | null
  /** Receipt was not told the same working day, or the due date was not kept. */
  readonly late: boolean
  readonly deadlines: readonly Deadline[]
}

export interface ReceiptSummary {
  readonly id: string
  readonly kind: ReceiptKind
  /** Null while it is being signed. */
  readonly at: string | null
  /** The hub's id of it (null when it was refused), and the sender's. Null when the refused file named none. */
  readonly document: { readonly id: string | null; readonly documentId: string | null } | null
  readonly deliveryId: string | null
  readonly refusalId: string | null
  /** Of the receipt. */
  readonly sha256: string | null
  readonly url: string
}

/** A receipt as the feed gives it. */
export interface FedReceipt extends ReceiptSummary {
  /**
   * Keep it once the receipt is handled, and read on from it later. Nothing is missed; up to one page is repeated when
   * reading ended inside a page.
   */
  readonly cursor: string | undefined
}

/** A certificate of the hub, which signs receipts. */
export interface HubCertificate {
  readonly sha256: string
  readonly subject: string
  readonly notBefore: string
  readonly notAfter: string
  /** It signs from here on; may lie ahead. */
  readonly from: string
  /** Another signs from here on; null: none is known. */
  readonly until: string | null
  readonly pem: string
}

export interface DocumentSummary {
  readonly id: string
  readonly kind: 'document' | 'status'
  readonly sender: string
  readonly senderName: string | null
  readonly documentId: string
  readonly action: string
  readonly code: { readonly number: string | null; readonly notation: string | null } | null
  readonly typeName: string | null
  readonly subject: string | null
  readonly priority: number
  readonly issuedOn: string | null
  readonly dueOn: string | null
  readonly sha256: string
  readonly sizeBytes: number
  readonly acceptedAt: string
  /** Set on a packet that only adds receivers to an earlier one. */
  readonly extends: string | null
}

/** A file inside a document, and what was found in it. */
export interface AttachmentView {
  /** Place in the envelope, from 0. */
  readonly position: number
  readonly name: string
  readonly contentType: string | null
  readonly sizeBytes: number
  readonly sha256: string
  /** Of the check of its signatures; `none`: nobody asks for them. */
  readonly state: 'none' | 'waiting' | 'done'
  readonly checkedAt: string | null
  /** On the file as a whole; null until something was found. */
  readonly verdict: VerdictWord | null
  readonly code: string | null
  readonly detail: string | null
  /** One verdict for each signature, in the order of the file. */
  readonly signatures: readonly Readonly<Record<string, unknown>>[]
  readonly malware: {
    readonly state: 'none' | 'waiting' | 'done'
    readonly result: 'clean' | 'infected' | 'unscanned' | null
    readonly detail: string | null
  }
}

/** Verdicts on one document, and what they rest on. */
export interface EvidenceView {
  readonly document: Pick<DocumentSummary, 'id' | 'documentId' | 'sender' | 'sha256' | 'acceptedAt'>
  readonly seal: SealVerdict
  readonly attachments: readonly (AttachmentView & { readonly judged: Readonly<Record<string, unknown>> | null })[]
  readonly items: readonly {
    readonly sha256: string
    readonly kind: EvidenceKind
    readonly sizeBytes: number
    readonly url: string
  }[]
}

export interface DocumentView extends DocumentSummary {
  /** What was let through with a remark, or learnt after acceptance. */
  readonly warnings: readonly Finding[]
  readonly verdict: SealVerdict
  readonly attachments: readonly AttachmentView[]
  readonly deliveries: readonly DeliveryTrack[]
  readonly links: DocumentLinks
  readonly receipts: readonly ReceiptSummary[]
}

export interface InboxItem {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly id: string
  /** The sender's DocumentId. */
  readonly documentId: string
  readonly kind: 'document' | 'status'
  readonly sender: string
  readonly receiver: string
  readonly subject?: string | null
  readonly priority: number
  readonly sha256: string
  readonly sizeBytes: number
  readonly acceptedAt: string
  readonly redelivered: boolean
}

export interface Agency {
  readonly code: string
  readonly code2016?: string | null
  readonly name: string
  readonly shortName?: string | null
  readonly kind: 'agency' | 'unit' | 'center'
  readonly level: Level
  readonly parent?: string | null
  readonly locality?: string | null
  readonly validFrom?: string | null
  readonly validTo?: string | null
  readonly successor?: string | null
  /** Where to write instead: it was split and no single one follows it. */
  readonly choices?: readonly string[]
  /** Grows with every change of any agency. */
  readonly version?: number
  /** Removed from the directory; told where changes are asked for. */
  readonly deleted?: boolean
  readonly connected?: boolean
  readonly centerCode?: string | null
  readonly canReceive?: boolean
  readonly lastSeenAt?: string | null
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Cursor of the following page; absent or null after the last. */
  readonly next?: string | null
}

export type AckResult = { readonly result: 'stored' } | { readonly result: 'failed'; readonly reason: string }
export type AckItem = AckResult & { readonly id: string }

export interface AckAnswer {
  readonly id: string
  readonly transport?: TransportState
}

/** One of up to 500: either done or refused with a code of its own. */
export interface AckManyAnswer {
  readonly items: readonly {
    readonly id: string
    readonly ok?: boolean
    readonly transport?: TransportState
    readonly code?: string
  }[]
}

export interface StatusReport {
  /** 13 is the sender's to report and travels as a status message of its own. */
  readonly code: Exclude<StatusCode, '13'>
  readonly reason?: string
  readonly staff?: Pick<Staff, 'name' | 'department' | 'email' | 'mobile'>
  /** The same key with the same report is one report, however often it is sent. Made up when absent. */
  readonly idempotencyKey?: string
}

/** The status message that the hub built and accepted. */
export interface StatusAnswer extends Acceptance {
  readonly deliveryId: string
  readonly code: string
}
