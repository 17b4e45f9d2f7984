/** What the page showed: this file, against this state of the directory. */
export interface Seen {
  readonly sha256: string
  readonly version: number
}

export function seenQuery({ sha256, version }: Seen, reason: string): string {
  return new URLSearchParams({ sha256, version: String(version), reason: reason.trim() }).toString()
}
