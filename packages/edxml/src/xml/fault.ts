/** One fault of the XML itself, before any meaning: its code, and where it was met. */
export interface XmlFault {
  readonly code: string
  readonly line: number
  readonly details?: Readonly<Record<string, string | number>>
}
