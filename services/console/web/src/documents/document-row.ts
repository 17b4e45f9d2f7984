/** A line of the list, as the interface gives it. */
export interface DocumentRow {
  readonly id: string
  readonly documentId: string
  readonly sender: string
  readonly senderName: string | null
  readonly subject: string | null
  readonly subjectHidden: boolean
  readonly codeNumber: string | null
  readonly codeNotation: string | null
  readonly typeName: string | null
  readonly priority: number
  readonly issuedOn: string | null
  readonly acceptedAt: string
  readonly receiver: string | null
  readonly receiverName: string | null
  readonly receivers: number
  readonly waiting: number
  readonly taken: number
  readonly registered: number
  readonly finished: number
  readonly refused: number
  readonly failed: number
  readonly late: number
  /** At how many of its receivers all is true that is asked; null: nothing is asked of them. */
  readonly matching: number | null
}

export interface RowPage {
  readonly items: readonly DocumentRow[]
  readonly next: string | null
}

/** `7816/VPCP-TTĐT`. */
export function numberText(number: string | null, notation: string | null): string {
  return [number, notation].filter(Boolean).join('/')
}
