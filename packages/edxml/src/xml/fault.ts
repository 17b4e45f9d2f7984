/** One fault of the XML itself, before any meaning: its code, and where it was met. */
export interface XmlFault {
  readonly code: string
  readonly line: number
  readonly details?: Readonly<Record<string, string | number>>
}

/** Ends a scan. Never leaves this package: it becomes an `XmlFault`, with the line that the scanner knows. */
export class XmlRefusal extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: string, details: Readonly<Record<string, string | number>>) {
    super(`${code}: ${JSON.stringify(details)}`)
    this.name = 'XmlRefusal'
    this.code = code
    this.details = details
  }
}

export function malformed(reason: string): XmlRefusal {
  return new XmlRefusal('M.XML', { reason })
}

export function wrongNamespace(reason: string, prefix?: string): XmlRefusal {
  return new XmlRefusal('M.XML.Namespace', prefix === undefined ? { reason } : { reason, prefix })
}
