import type { ByteSource } from './byte-source.ts'
import { type ZipEntry, zipEntries } from './zip-directory.ts'

export const stored = 0
export const deflated = 8
const uuidName = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[^./\\]+$/i

/** The one entry of a ZIP that can be unwrapped; undefined for every other archive, `broken` without a directory. */
export function onlyEntry(source: ByteSource): ZipEntry | 'broken' | undefined {
  const entries = zipEntries(source)
  if (entries === undefined) return 'broken'
  const [entry] = entries
  if (entry === undefined || entries.length !== 1 || entry.encrypted || entry.name.endsWith('/')) return undefined
  return entry.method === stored || entry.method === deflated ? entry : undefined
}

/** Whether a ZIP's only entry makes it the wrapper that the kits put around each file (edXML 7.3). */
export function isWrapper(entry: ZipEntry, attachmentName = ''): boolean {
  if (uuidName.test(entry.name)) return true
  const extension = extensionOf(attachmentName)
  return extension !== '' && extension !== 'zip' && extension === extensionOf(entry.name)
}

/** Extension without the dot, lower case; empty when the name has none. */
export function extensionOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
