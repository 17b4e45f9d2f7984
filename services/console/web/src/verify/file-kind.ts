export type FileKind = 'certificate' | 'envelope' | 'pdf' | 'receipt'

/** What a file is, by its first bytes: names and types given by a computer are often wrong. */
export async function fileKind(file: Blob): Promise<FileKind | undefined> {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer())
  // DER: a SEQUENCE whose length takes two octets.
  if (head[0] === 0x30 && head[1] === 0x82) return 'certificate'
  const text = new TextDecoder().decode(head).trimStart()
  if (text.startsWith('-----BEGIN')) return 'certificate'
  if (text.startsWith('%PDF-')) return 'pdf'
  if (!text.startsWith('<')) return undefined
  return text.includes('"urn:docaxis:receipt:1"') ? 'receipt' : 'envelope'
}
