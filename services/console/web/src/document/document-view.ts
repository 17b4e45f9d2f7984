/** What the page of one document is made of, as the interface gives it. */
export interface DocumentView {
  readonly id: string
  readonly documentId: string
  readonly action: string
  readonly number: string | null
  readonly notation: string | null
  readonly typeName: string | null
  readonly issuedOn: string | null
  readonly dueOn: string | null
  readonly priority: number
  readonly subject: string | null
  readonly subjectHidden: boolean
  readonly internal: boolean
  readonly paperFollows: boolean
  readonly sender: { readonly code: string; readonly name: string | null }
  readonly signer: { readonly capacity?: string; readonly position?: string; readonly fullName?: string } | null
  readonly reason: string | null
  readonly acceptedAt: string
  readonly seal: { readonly verdict: string | null; readonly code: string | null; readonly detail: string | null }
  readonly attachments: readonly AttachmentView[]
  readonly mayReadContent: boolean
  readonly tracks: readonly Track[]
  readonly timeline: readonly TimelineEntry[]
  readonly receipts: readonly ReceiptView[]
  readonly links: Links
  readonly letters: readonly Letter[]
  readonly names: Readonly<Record<string, string>>
}

export interface AttachmentView {
  readonly position: number
  readonly name: string | null
  readonly contentType: string | null
  readonly sizeBytes: number
  readonly verdict: string | null
  readonly code: string | null
  readonly signatures: number
  readonly malware: string | null
}

export interface Stop {
  readonly station: string
  readonly at: string | null
  readonly by: string | null
}

export interface Trouble {
  readonly kind: string
  readonly reason?: string | null
  readonly owed?: string
  readonly dueAt?: string
}

export interface Track {
  readonly deliveryId: string | null
  readonly receiver: string
  readonly name: string | null
  readonly level: string | null
  readonly transport: string
  readonly business: string | null
  readonly stops: readonly Stop[]
  readonly reached: number
  readonly storedAt: string | null
  readonly asksFinish: boolean
  readonly troubles: readonly Trouble[]
  readonly attempts: number
}

export interface TimelineEntry {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly deliveryId: string | null
  readonly receiver: string | null
  readonly systemId: string | null
  readonly details: Readonly<Record<string, string>>
}

export interface ReceiptView {
  readonly id: string
  readonly kind: string
  readonly deliveryId: string | null
  readonly receiver: string | null
  readonly issuedAt: string | null
}

interface Linked {
  readonly id: string | null
  readonly sender: string | null
  readonly documentId: string | null
}

export interface Links {
  readonly repliesTo: readonly (Linked & { readonly code: string | null; readonly issuedOn: string | null })[]
  readonly replies: readonly Linked[]
  readonly actedOnBy: readonly (Linked & { readonly action: string; readonly acceptedAt: string })[]
}

export interface Letter {
  readonly id: string
  readonly group: string
  readonly code: string
  readonly reason: string
  readonly at: string
}
